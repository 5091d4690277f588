"""How every form of the site is drawn: one renderer, so that no room styles a field itself."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input, Widget

_CLASSES: tuple[tuple[type[Widget], str], ...] = (
    # Groups of choices would put their class on the group as well, so they go without one.
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, ""),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.ClearableFileInput, "sve-file-input"),
    (forms.FileInput, "sve-file-input"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


def widget_class(widget: Widget) -> str:
    """Return the class names of the design system for one widget; empty for an unknown one."""
    for kind, names in _CLASSES:
        if isinstance(widget, kind):
            return names
    return ""


class Field(BoundField):
    """A field of a form with the classes of the design system and an address for its error."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        """Add the class of the widget's kind to what Django gives (required, aria-…)."""
        built = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        names = [widget_class(drawn), drawn.attrs.get("class", ""), built.get("class", "")]
        joined = " ".join(name for name in names if name)
        return {**built, "class": joined} if joined else built

    @property
    def anchor(self) -> str:
        """The id that a link in the error summary goes to: the first choice of a group."""
        if self.use_fieldset and self.subwidgets:
            return str(self.subwidgets[0].data["attrs"].get("id", self.auto_id))
        return str(self.auto_id)

    @property
    def is_single_check(self) -> bool:
        """Whether this is one box to tick, which has its label behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)


class Renderer(TemplatesSetting):
    """The project's FORM_RENDERER (settings): our templates for forms and fields."""

    form_template_name = "portal/forms/fields.html"
    formset_template_name = "portal/forms/formset.html"
    field_template_name = "portal/parts/field.html"
    bound_field_class = Field
