"""What is asked, and how far it is: dossier, form, state machine."""
