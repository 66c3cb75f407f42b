import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ecosystem', '0015_comments'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('item_id', models.PositiveBigIntegerField(verbose_name='item')),
                ('opened_at', models.DateTimeField(verbose_name='opened at')),
                ('seen_at', models.DateTimeField(db_index=True, verbose_name='seen at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_forms', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'open form',
                'verbose_name_plural': 'open forms',
                'ordering': ['-seen_at', '-pk'],
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('kind', 'item_id', 'user'), name='open_form_one_per_person'), models.CheckConstraint(condition=models.Q(('seen_at__gte', models.F('opened_at'))), name='open_form_seen_after_opened', violation_error_message='A form is seen open after it was opened, not before.')],
            },
        ),
        migrations.CreateModel(
            name='UnsavedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, verbose_name='key of the opened form')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('item_id', models.PositiveBigIntegerField(blank=True, help_text='None for a record that is being added.', null=True, verbose_name='item')),
                ('shown', models.CharField(blank=True, default='', help_text='The state that the form was filled from.', max_length=20, verbose_name='filled from')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='what was typed')),
                ('state', models.CharField(choices=[('kept', 'kept'), ('saved', 'saved'), ('discarded', 'discarded'), ('emptied', 'emptied by a suppression')], default='kept', max_length=10, verbose_name='state')),
                ('begun_at', models.DateTimeField(verbose_name='begun at')),
                ('updated_at', models.DateTimeField(db_index=True, verbose_name='updated at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsaved_forms', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'unsaved form',
                'verbose_name_plural': 'unsaved forms',
                'ordering': ['-updated_at', '-pk'],
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='unsaved_form_one_per_opening'), models.CheckConstraint(condition=models.Q(('state', 'kept'), ('data', {}), _connector='OR'), name='unsaved_form_words_only_while_kept', violation_error_message='What is saved or given up is not kept here any more.')],
            },
        ),
    ]
