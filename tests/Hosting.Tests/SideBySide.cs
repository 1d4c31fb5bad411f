// An app that stops waits out the linger time of its sockets while others of the process are open, and does nothing meanwhile.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
