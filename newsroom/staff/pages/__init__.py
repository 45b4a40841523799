"""What people see of it: the doors, the own account, the pages of those who keep the staff."""
