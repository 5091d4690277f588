import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('applications', '0001_initial'),
        ('regeling', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('track', models.CharField(choices=[('award', 'Award'), ('settlement', 'Settlement')], max_length=10)),
                ('kind', models.CharField(choices=[('award', 'Verlening'), ('direct_settlement', 'Directe vaststelling'), ('rejection', 'Afwijzing'), ('not_processed', 'Niet behandelen'), ('settlement', 'Vaststelling'), ('lower_settlement', 'Lagere vaststelling')], max_length=20)),
                ('state', models.CharField(choices=[('draft', 'Concept'), ('proposed', 'Voorgesteld'), ('signed', 'Ondertekend'), ('announced', 'Verstuurd'), ('taken_back', 'Teruggenomen')], default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('amount_cents', models.BigIntegerField(default=0)),
                ('basis', models.TextField(default='{}')),
                ('explanation', models.TextField(blank=True)),
                ('origin', models.CharField(blank=True, max_length=24)),
                ('drafted_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('mandate', models.CharField(blank=True, max_length=200)),
                ('snapshot', models.TextField(blank=True)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('reserved_cents', models.BigIntegerField(default=0)),
                ('announce_at', models.DateTimeField(null=True)),
                ('sent_on', models.DateField(null=True)),
                ('objection_until', models.DateField(null=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_reason', models.TextField(blank=True)),
                ('problem', models.TextField(blank=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'announce_at'], name='decision_by_state'), models.Index(fields=['application', 'state'], name='decision_by_application')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'signed'])), fields=('application', 'track'), name='decision_one_open'), models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0)), name='decision_no_minus'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['award', 'direct_settlement']), ('track', 'award')), models.Q(('amount_cents', 0), ('kind__in', ['rejection', 'not_processed']), ('track', 'award')), models.Q(('kind__in', ['settlement', 'lower_settlement']), ('track', 'settlement')), _connector='OR'), name='decision_kind_in_track'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signed', 'announced']), _negated=True), models.Q(('announce_at__isnull', False), ('signed_at__isnull', False), ('signed_by__isnull', False), models.Q(('hash', ''), _negated=True), models.Q(('snapshot', ''), _negated=True)), _connector='OR'), name='decision_signed_is_frozen'), models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(models.Q(('drafted_by__isnull', True), models.Q(('signed_by', models.F('drafted_by')), _negated=True), _connector='OR'), models.Q(('proposed_by__isnull', True), models.Q(('signed_by', models.F('proposed_by')), _negated=True), _connector='OR')), _connector='OR'), name='decision_by_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('sent_on__isnull', False), ('state', 'announced')), models.Q(models.Q(('state', 'announced'), _negated=True), ('sent_on__isnull', True)), _connector='OR'), name='decision_announced_was_sent'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken_back'), _negated=True), models.Q(('taken_back_reason', ''), _negated=True), _connector='OR'), name='decision_taken_back_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='DecisionBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('announce_at', models.DateTimeField(null=True)),
                ('taken_back_reason', models.TextField(blank=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regeling.call')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'verbose_name_plural': 'decision batches',
            },
        ),
        migrations.CreateModel(
            name='OrderedLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('facts', models.TextField()),
                ('ordered_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
            ],
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('seen_hash', models.CharField(blank=True, max_length=64)),
                ('error', models.TextField(blank=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='batch_item', to='documents.decision')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='documents.decisionbatch')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='batch_position_once')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('cause', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=300)),
                ('facts', models.TextField()),
                ('facts_sha256', models.CharField(max_length=64)),
                ('path', models.CharField(max_length=200, unique=True)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('sealed_sha256', models.CharField(blank=True, max_length=64)),
                ('fingerprint', models.CharField(max_length=200)),
                ('rendered_at', models.DateTimeField()),
                ('sent_on', models.DateField()),
                ('by_post', models.BooleanField(default=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='documents.decision')),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'sent_on'], name='document_by_application')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'cause'), name='document_once')],
            },
        ),
    ]
