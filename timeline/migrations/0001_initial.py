import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DailyRoot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('streams', models.PositiveIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ClockOffset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seconds', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='clock_offset_single_row'), models.CheckConstraint(condition=models.Q(('seconds__gte', 0)), name='clock_only_forward')],
            },
        ),
        migrations.CreateModel(
            name='Stream',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('uid', models.CharField(max_length=64)),
                ('length', models.PositiveIntegerField(default=0)),
                ('head', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'uid'), name='stream_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('type', models.CharField(db_index=True, max_length=80)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField()),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('counts_for', models.DateField(db_index=True)),
                ('actor_uid', models.CharField(max_length=64)),
                ('track', models.CharField(blank=True, max_length=64)),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='timeline.stream')),
            ],
            options={
                'ordering': ['stream_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('stream', 'number'), name='event_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='event_number_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('handler', models.CharField(max_length=80)),
                ('track', models.CharField(blank=True, max_length=64)),
                ('due', models.DateTimeField()),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('done', 'Done'), ('parked', 'Parked')], default='pending', max_length=10)),
                ('lease_until', models.DateTimeField(null=True)),
                ('retry_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='timeline.event')),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='timeline.stream')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['track', 'due', 'id'], name='delivery_to_do'), models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['stream', 'handler', 'number'], name='delivery_order')],
                'constraints': [models.UniqueConstraint(fields=('event', 'handler'), name='delivery_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_at__isnull', True)), _connector='OR'), name='delivery_done_has_moment')],
            },
        ),
    ]
