import assessment.models.ballots
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
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('durven', models.TextField(blank=True)),
                ('delen', models.TextField(blank=True)),
                ('denken', models.TextField(blank=True)),
                ('doen', models.TextField(blank=True)),
                ('offer', models.TextField(blank=True)),
                ('conclusion', models.CharField(blank=True, choices=[('positive', 'Positive'), ('negative', 'Negative')], max_length=8)),
                ('grounds', models.TextField(default='[]')),
                ('advice', models.TextField(blank=True)),
                ('coached', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'reviewer'), name='review_once_a_reviewer'), models.CheckConstraint(condition=models.Q(('submitted_at__isnull', True), models.Q(('conclusion', ''), _negated=True), _connector='OR'), name='review_submitted_concludes'), models.CheckConstraint(condition=models.Q(('submitted_at__isnull', True), models.Q(('conclusion', 'negative'), _negated=True), models.Q(('grounds', '[]'), _negated=True), _connector='OR'), name='review_negative_names_a_ground')],
            },
        ),
        migrations.CreateModel(
            name='SupplementRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('items', models.TextField()),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('application',), name='supplement_request_one_open'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('asked_on'))), name='supplement_request_has_a_term')],
            },
        ),
        migrations.CreateModel(
            name='VoteRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('concept', 'Concept'), ('open', 'Open'), ('closed', 'Closed'), ('counted', 'Counted'), ('decided', 'Decided'), ('unlinked', 'Unlinked')], default='concept', max_length=10)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('params', models.TextField(blank=True)),
                ('params_hash', models.CharField(blank=True, max_length=64)),
                ('root_final', models.CharField(blank=True, max_length=64)),
                ('tally', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regeling.call')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['concept', 'open', 'closed', 'counted', 'decided', 'unlinked'])), name='vote_round_state_known'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='vote_round_closes_after_opening'), models.CheckConstraint(condition=models.Q(models.Q(('params', ''), ('params_hash', ''), ('state', 'concept')), models.Q(models.Q(('state', 'concept'), _negated=True), models.Q(('params', ''), _negated=True), models.Q(('params_hash', ''), _negated=True)), _connector='OR'), name='vote_round_frozen_once_open'), models.CheckConstraint(condition=models.Q(models.Q(('root_final', ''), ('state__in', ['concept', 'open'])), models.Q(('state__in', ['closed', 'counted', 'decided', 'unlinked']), models.Q(('root_final', ''), _negated=True)), _connector='OR'), name='vote_round_sealed_once_closed'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['concept', 'open', 'closed']), ('tally', '')), models.Q(('state__in', ['counted', 'decided', 'unlinked']), models.Q(('tally', ''), _negated=True)), _connector='OR'), name='vote_round_no_interim_result')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('until__isnull', True)), fields=['assessor'], name='assignment_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('application',), name='assignment_one_open')],
            },
        ),
        migrations.CreateModel(
            name='CompletenessItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'Question'), ('evidence', 'Evidence'), ('signature', 'Signature')], max_length=10)),
                ('code', models.CharField(max_length=80)),
                ('status', models.CharField(choices=[('open', 'Open'), ('present', 'Present'), ('missing', 'Missing')], default='open', max_length=8)),
                ('note', models.TextField(blank=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'kind', 'code'), name='completeness_item_once'), models.CheckConstraint(condition=models.Q(('status', 'open'), ('checked_at__isnull', False), _connector='OR'), name='completeness_item_checked_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='HearingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('answer', models.TextField(blank=True)),
                ('answered_on', models.DateField(null=True)),
                ('reply', models.TextField(blank=True)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('asked_on'))), name='hearing_request_has_a_term'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='hearing_answer_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='InterestStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('has_interest', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'person'), name='interest_statement_once')],
            },
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='panel_once')],
            },
        ),
        migrations.CreateModel(
            name='Ranking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('running', 'Running'), ('stopped', 'Stopped'), ('fixed', 'Fixed')], max_length=7)),
                ('engine', models.CharField(max_length=10)),
                ('inputs', models.TextField()),
                ('outcome', models.TextField()),
                ('outcome_hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regeling.call')),
                ('round', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ranking', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('round__isnull', True)), fields=('call',), name='ranking_by_receipt_once'), models.CheckConstraint(condition=models.Q(('state__in', ['running', 'stopped', 'fixed'])), name='ranking_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ReviewAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=80)),
                ('answer', models.TextField(blank=True)),
                ('argument', models.TextField(blank=True)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='assessment.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'criterion'), name='review_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='VoteOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=900)),
                ('summary', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('activity', models.CharField(blank=True, max_length=80)),
                ('amount_cents', models.BigIntegerField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'application'), name='vote_option_once'), models.CheckConstraint(condition=models.Q(('amount_cents__gt', 0)), name='vote_option_asks_something')],
            },
        ),
        migrations.CreateModel(
            name='VoteBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('merkle_root', models.CharField(max_length=64)),
                ('prev_hash', models.CharField(max_length=64)),
                ('chain_hash', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'seq'), name='vote_batch_once')],
            },
        ),
        migrations.CreateModel(
            name='LotEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.TextField()),
                ('entered_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='lot_entry_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('entered_by', models.F('confirmed_by')), _negated=True), name='lot_by_two_different_people')],
            },
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='assessment.panel')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('panel', 'person'), name='panel_member_once')],
            },
        ),
        migrations.CreateModel(
            name='RankingRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('votes', models.PositiveIntegerField(default=0)),
                ('asked', models.BigIntegerField()),
                ('granted', models.BigIntegerField()),
                ('code', models.CharField(max_length=24)),
                ('figures', models.TextField()),
                ('fixed', models.BooleanField(default=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.application')),
                ('ranking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='assessment.ranking')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ranking', 'application'), name='ranking_row_once'), models.CheckConstraint(condition=models.Q(('granted__gte', 0), ('granted__lte', models.F('asked'))), name='ranking_row_grants_no_more_than_asked')],
            },
        ),
        migrations.CreateModel(
            name='BallotInbox',
            fields=[
                ('id', models.BigAutoField(default=assessment.models.ballots.random_key, primary_key=True, serialize=False)),
                ('ballot_key', models.CharField(max_length=64)),
                ('revision', models.PositiveIntegerField()),
                ('choices', models.TextField()),
                ('nonce', models.CharField(max_length=64)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.panel')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'ballot_key', 'revision'), name='ballot_inbox_once')],
            },
        ),
        migrations.CreateModel(
            name='BallotBox',
            fields=[
                ('leaf', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('ballot_key', models.CharField(max_length=64)),
                ('revision', models.PositiveIntegerField()),
                ('choices', models.TextField()),
                ('nonce', models.CharField(max_length=64)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.panel')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='assessment.votebatch')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'ballot_key', 'revision'), name='ballot_box_once')],
            },
        ),
        migrations.CreateModel(
            name='VoteRight',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('register_key', models.CharField(blank=True, max_length=64)),
                ('channel', models.CharField(choices=[('mail', 'Mail'), ('letter', 'Letter'), ('desk', 'Desk'), ('paper', 'Paper')], max_length=6)),
                ('status', models.CharField(choices=[('issued', 'Issued'), ('voted', 'Voted'), ('void', 'Void'), ('replaced', 'Replaced')], default='issued', max_length=8)),
                ('voted_on', models.DateField(null=True)),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rights', to='assessment.panelmember')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights', to='assessment.panel')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights', to='assessment.voteround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('register_key', ''), _negated=True), fields=('round', 'register_key'), name='vote_right_key_once'), models.UniqueConstraint(condition=models.Q(('status__in', ['issued', 'voted'])), fields=('member',), name='vote_right_once_a_member'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'voted'), ('voted_on__isnull', False)), models.Q(models.Q(('status', 'voted'), _negated=True), ('voted_on__isnull', True)), _connector='OR'), name='vote_right_voted_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'voted'), _negated=True), models.Q(('register_key', ''), _negated=True), _connector='OR'), name='vote_right_voted_has_a_key')],
            },
        ),
    ]
