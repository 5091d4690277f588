import django.db.models.deletion
import django.db.models.functions.text
import timeline.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('signing_body', models.CharField(blank=True, max_length=200)),
                ('postal_address', models.TextField(blank=True)),
                ('visiting_address', models.TextField(blank=True)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('website', models.URLField(blank=True)),
                ('objection_address', models.TextField(blank=True)),
                ('objection_url', models.URLField(blank=True)),
                ('court', models.CharField(blank=True, max_length=200)),
                ('bank_account_name', models.CharField(blank=True, max_length=200)),
                ('archive_id', models.URLField(blank=True)),
                ('theme', models.SlugField(blank=True, max_length=60)),
                ('example', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'authorities',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('group', 'Group'), ('organisation', 'Organisation')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('search', models.CharField(blank=True, editable=False, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('place', models.CharField(blank=True, max_length=100)),
                ('municipality', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'verbose_name_plural': 'parties',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(default=timeline.clock.machine_now)),
                ('language', models.CharField(default='nl', max_length=5)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('party_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='accounts.party')),
            ],
            bases=('accounts.party',),
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('party_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='accounts.party')),
                ('kvk_number', models.CharField(blank=True, max_length=8)),
                ('legal_form', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kvk_number', ''), _negated=True), fields=('kvk_number',), name='kvk_number_once')],
            },
            bases=('accounts.party',),
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('party_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='accounts.party')),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            bases=('accounts.party',),
        ),
        migrations.CreateModel(
            name='SecretNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('iban', 'Iban'), ('bsn', 'Bsn')], max_length=4)),
                ('ciphertext', models.TextField()),
                ('blind_index', models.CharField(db_index=True, max_length=64)),
                ('last4', models.CharField(blank=True, max_length=4)),
                ('stored_at', models.DateTimeField()),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secret_numbers', to='accounts.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'party', 'blind_index'), name='secret_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('initiator', 'Initiatiefnemer'), ('broker', '4D-makelaar'), ('assessor', 'Behandelaar'), ('panel_member', 'Panellid'), ('decision_maker', 'Beslisser (mandaat)'), ('finance', 'Financiën'), ('auditor', 'Controleur'), ('administrator', 'Beheerder')], max_length=20)),
                ('regulation', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('limit_cents', models.BigIntegerField(null=True)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.authority')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'role', 'authority', 'regulation', 'region'), name='grant_once'), models.CheckConstraint(condition=models.Q(('role__in', ['initiator', 'broker', 'assessor', 'panel_member', 'decision_maker', 'finance', 'auditor', 'administrator'])), name='grant_role_is_a_role')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('function', models.CharField(blank=True, max_length=80)),
                ('may_sign', models.BooleanField(default=False)),
                ('token_hash', models.CharField(blank=True, max_length=64)),
                ('invited_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.party')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='invitation_one_answer'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', False), _connector='OR'), name='invitation_accepted_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_lead', models.BooleanField(default=False)),
                ('accepted_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='accounts.party')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.group')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('group', 'party'), name='group_member_once'), models.UniqueConstraint(condition=models.Q(('is_lead', True), ('left_at__isnull', True)), fields=('group',), name='group_lead_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=80)),
                ('may_sign', models.BooleanField(default=False)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.organisation')),
                ('admitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admitted', to='accounts.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='functions', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('organisation', 'person'), name='organisation_member_once')],
            },
        ),
    ]
