"""A help entry as the API describes it."""

from rest_framework import serializers


class PhoneSerializer(serializers.Serializer):
    label = serializers.CharField(  # type: ignore[assignment]
        allow_blank=True, help_text="What the number is for."
    )
    number = serializers.CharField(help_text="As people write it.")
    tel = serializers.CharField(help_text="A `tel:` address.")


class OpeningSerializer(serializers.Serializer):
    days = serializers.ListField(
        child=serializers.IntegerField(), help_text="1 is Monday."
    )
    opens = serializers.CharField(help_text="Such as `09:00`.")
    closes = serializers.CharField(help_text="At most `24:00`.")


class HoursSerializer(serializers.Serializer):
    time_zone = serializers.CharField()
    weekly = OpeningSerializer(many=True)
    words = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True, help_text="Exceptions, in words.")


class HelpEntrySerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    subjects = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField())
    areas = serializers.ListField(
        child=serializers.CharField(), help_text="`us` or `us-ca`."
    )
    counties = serializers.ListField(
        child=serializers.CharField(), help_text="Empty: in all of the area."
    )
    phones = PhoneSerializer(many=True)
    hours = HoursSerializer()
    address = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    source = serializers.URLField(  # type: ignore[assignment]
        help_text="Where these facts were read."
    )
    source_dated = serializers.DateField(
        allow_null=True, help_text="The day of the source, if older than the check."
    )
    checked_on = serializers.DateField(allow_null=True)
    confirm = serializers.BooleanField(
        help_text="Nobody has checked it for 90 days: say so."
    )
    checked = serializers.CharField(help_text="How far it was checked, in a sentence.")


class HelpListSerializer(serializers.Serializer):
    """A page of a list: `next` and `previous` are addresses, or null at the ends."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = HelpEntrySerializer(many=True)


class ScreenerHelpSerializer(serializers.Serializer):
    """Help for those who use a screener, in one small file."""

    directory = serializers.CharField(
        allow_blank=True, help_text="The page with all of it."
    )
    subjects = serializers.DictField(help_text="Subject key to what it is called.")
    languages = serializers.DictField(help_text="Language code to its name.")
    more = serializers.BooleanField(help_text="There are entries that did not fit.")
    entries = serializers.ListField(
        child=serializers.DictField(),
        help_text="As in the list, without what is empty. `expired` is true for a "
        "last number that is kept for urgent cases only.",
    )
