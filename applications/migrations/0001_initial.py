import django.db.models.deletion
import django_fsm
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('regeling', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(max_length=20, null=True, unique=True)),
                ('applicant_class', models.CharField(max_length=60)),
                ('state', django_fsm.FSMField(choices=[('draft', 'Concept'), ('in_coaching', 'Concept: makelaar leest mee'), ('submitted', 'Ingediend'), ('late', 'Te laat ingediend'), ('completeness_check', 'Controle op volledigheid'), ('awaiting_supplement', 'Wacht op aanvulling'), ('in_review', 'Wordt beoordeeld'), ('eligible_for_vote', 'Mag naar de stemming'), ('voting', 'In stemming'), ('ranked', 'Gerangschikt'), ('reserve', 'Op de reservelijst'), ('hearing', 'Wacht op uw zienswijze'), ('decision_draft', 'Besluit in voorbereiding'), ('awarded', 'Toegekend'), ('partially_awarded', 'Deels toegekend'), ('directly_settled', 'Toegekend en vastgesteld'), ('rejected', 'Afgewezen'), ('not_processed', 'Niet in behandeling genomen'), ('withdrawn', 'Ingetrokken'), ('in_execution', 'In uitvoering'), ('report_due', 'Verslag gevraagd'), ('settlement_requested', 'Verslag ontvangen'), ('settled', 'Vastgesteld'), ('lower_settled', 'Lager vastgesteld'), ('closed', 'Afgesloten')], db_index=True, default='draft', max_length=24, protected=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('channel', models.CharField(default='portal', max_length=8)),
                ('draft', models.TextField(default='{}')),
                ('saved_at', models.DateTimeField()),
                ('title', models.CharField(blank=True, max_length=900)),
                ('search', models.TextField(blank=True, editable=False)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('municipality', models.CharField(blank=True, max_length=100)),
                ('activity', models.CharField(blank=True, max_length=80)),
                ('amount_asked', models.BigIntegerField(default=0)),
                ('start_date', models.DateField(null=True)),
                ('end_date', models.DateField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('complete_at', models.DateTimeField(null=True)),
                ('provisional_place', models.PositiveIntegerField(null=True)),
                ('place', models.PositiveIntegerField(null=True)),
                ('decision_due', models.DateField(null=True)),
                ('awarded_cents', models.BigIntegerField(null=True)),
                ('settled_cents', models.BigIntegerField(null=True)),
                ('tier', models.CharField(blank=True, max_length=60)),
                ('decided_on', models.DateField(null=True)),
                ('report_due_on', models.DateField(null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regeling.call')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regeling.revision')),
            ],
            options={
                'indexes': [models.Index(fields=['call', 'state'], name='application_by_call'), models.Index(fields=['party', '-saved_at'], name='application_by_party'), models.Index(fields=['decision_due', 'id'], name='application_by_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_coaching', 'submitted', 'late', 'completeness_check', 'awaiting_supplement', 'in_review', 'eligible_for_vote', 'voting', 'ranked', 'reserve', 'hearing', 'decision_draft', 'awarded', 'partially_awarded', 'directly_settled', 'rejected', 'not_processed', 'withdrawn', 'in_execution', 'report_due', 'settlement_requested', 'settled', 'lower_settled', 'closed'])), name='application_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('state__in', ['draft', 'in_coaching'])), models.Q(models.Q(('state__in', ['draft', 'in_coaching']), _negated=True), ('number__isnull', False)), _connector='OR'), name='application_numbered_at_submission'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('submitted_at__isnull', True)), models.Q(('number__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='application_submitted_has_moment'), models.CheckConstraint(condition=models.Q(('complete_at__isnull', True), ('complete_at__gte', models.F('submitted_at')), _connector='OR'), name='application_complete_after_receipt'), models.UniqueConstraint(fields=('call', 'place'), name='application_place_once'), models.CheckConstraint(condition=models.Q(('amount_asked__gte', 0)), name='application_asks_no_less_than_nothing')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(blank=True, max_length=2)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prefix', 'year'), name='number_series_once')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('question', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=255)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('path', models.CharField(max_length=300)),
                ('uploaded_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='applications.application')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
        ),
        migrations.CreateModel(
            name='CashEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('payable', 'Payable'), ('paid', 'Paid'), ('receivable', 'Receivable')], max_length=10)),
                ('cents', models.BigIntegerField()),
                ('day', models.DateField()),
                ('book_year', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(null=True)),
                ('booked_at', models.DateTimeField()),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cash', to='applications.application')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'kind'], name='cash_by_application')],
                'constraints': [models.CheckConstraint(condition=models.Q(('cents', 0), _negated=True), name='cash_entry_is_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'paid'), _negated=True), models.Q(('confirmed_by__isnull', False), ('entered_by__isnull', False)), _connector='OR'), name='payment_has_two_people'), models.CheckConstraint(condition=models.Q(('entered_by__isnull', True), ('confirmed_by__isnull', True), models.Q(('entered_by', models.F('confirmed_by')), _negated=True), _connector='OR'), name='payment_by_two_different_people')],
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('coach', 'Coach'), ('assessor', 'Assessor'), ('recused', 'Recused')], max_length=10)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='applications.application')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('application', 'person', 'kind'), name='involvement_once')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('question', models.CharField(blank=True, max_length=80)),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('answer', models.CharField(choices=[('open', 'Open'), ('taken', 'Taken'), ('left', 'Left')], default='open', max_length=6)),
                ('answered_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='applications.application')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='applications.application')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('application', 'party', 'person'), name='signature_once'), models.CheckConstraint(condition=models.Q(models.Q(('declined_at__isnull', True), ('signed_at__isnull', False)), models.Q(('declined_at__isnull', False), ('signed_at__isnull', True)), _connector='OR'), name='signature_yes_or_no')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('submission', 'Submission'), ('supplement', 'Supplement')], max_length=10)),
                ('text', models.TextField()),
                ('salt', models.CharField(max_length=32)),
                ('hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='applications.application')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'number'), name='snapshot_once')],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(max_length=40)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='applications.application')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('application',), name='suspension_one_open'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('asked_on')), _connector='OR'), name='suspension_ends_after_start')],
            },
        ),
    ]
