"""Tables, repositories, migrations, blobs and the event log; rows never leave."""
