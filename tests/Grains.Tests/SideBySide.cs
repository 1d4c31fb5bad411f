// Clusters wait for most of their time: for gossip, for a silence that lasts long enough, for a lease to end. Four of them at once keep two
// cores about as busy as a build does, and their nodes take a longer silence than that for a failure.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
