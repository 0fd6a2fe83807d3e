from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('screening_block', '0007_editors_notes_and_law_watch'),
    ]

    operations = [
        migrations.AlterField(
            model_name='publication',
            name='screener',
            field=models.UUIDField(db_index=True, help_text='The translation key of the page; a key can pass to another screener.', null=True),
        ),
        migrations.AlterField(
            model_name='scenario',
            name='note',
            field=models.TextField(blank=True, help_text='What this case shows, and by which law.', verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='scenario',
            name='pack',
            field=models.CharField(blank=True, help_text='Empty: written by an editor.', max_length=64, verbose_name='law pack'),
        ),
        migrations.AlterField(
            model_name='thresholdvalue',
            name='starts_on',
            field=models.DateField(verbose_name='in effect from'),
        ),
    ]
