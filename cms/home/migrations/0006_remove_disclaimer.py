from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0005_disclaimer_to_site_settings'),
    ]

    operations = [
        migrations.RemoveField(model_name='homepage', name='disclaimer'),
    ]
