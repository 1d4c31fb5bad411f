using System.Collections.Concurrent;
using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>The activations of a stateless worker on this node: of each key as many as its calls need, up to a limit.</summary>
internal sealed class WorkerPools(KindHost host, int maxLocal)
{
    private readonly ConcurrentDictionary<string, Pool> _pools = new(StringComparer.Ordinal);
    private readonly int _most = maxLocal > 0 ? maxLocal : Environment.ProcessorCount;

    public int Activations => _pools.Values.Sum(pool => pool.Activations);

    public void Send(GrainCall call)
    {
        while (!_pools.GetOrAdd(call.Key, static (key, pools) => new Pool(pools, key), this).TrySend(call))
        {
        }
    }

    public void Look(long now)
    {
        foreach (var (_, pool) in _pools) pool.Look(now);
    }

    private sealed class Pool(WorkerPools pools, string key)
    {
        private readonly Lock _gate = new();
        private Activation[] _workers = [];
        private int _next;
        private bool _isGone;

        public int Activations => Volatile.Read(ref _workers).Length;

        /// <summary>False when the pool has just ended.</summary>
        public bool TrySend(GrainCall call)
        {
            var workers = Volatile.Read(ref _workers);
            foreach (var worker in workers)
            {
                if (!worker.IsBusy && worker.PostOnce(call)) return true;
            }
            if (workers.Length >= pools._most && workers[(int)((uint)Interlocked.Increment(ref _next) % (uint)workers.Length)].PostOnce(call)) return true;
            lock (_gate)
            {
                if (_isGone) return false;
                // One that is closed gives back its calls before it is removed, perhaps on this thread.
                if (Array.Exists(_workers, static worker => worker.IsClosed)) _workers = Array.FindAll(_workers, static worker => !worker.IsClosed);
                if (_workers.Length < pools._most)
                {
                    var owner = new Owner(this);
                    var added = owner.Activation = new Activation(pools.Host, key, owner);
                    _workers = [.. _workers, added];
                    added.Start(call);
                    return true;
                }
                return _workers[^1].PostOnce(call);
            }
        }

        public void Look(long now)
        {
            foreach (var worker in Volatile.Read(ref _workers)) worker.Look(now);
        }

        private void Remove(Activation activation)
        {
            lock (_gate)
            {
                _workers = [.. _workers.Where(worker => worker != activation)];
                if (_workers.Length > 0) return;
                _isGone = true;
                pools._pools.TryRemove(new KeyValuePair<string, Pool>(key, this));
            }
        }

        private sealed class Owner(Pool pool) : IActivationOwner
        {
            public Activation? Activation { get; set; }

            public void AskForEnd() => Activation!.End(DeactivationReason.Idle);

            public void Ended() => pool.Remove(Activation!);
        }
    }

    private KindHost Host => host;
}
