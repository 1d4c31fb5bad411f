// Faults and memory are those of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
