using Akka.Actor;

namespace Akka.Event;

/// <summary>Delivers events to the subscribers whose classifier takes them.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TClassifier : class
    where TSubscriber : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TClassifier, List<Subscription<TSubscriber, TClassifier>>> _classifiers = [];
    private volatile Dictionary<TClassifier, TSubscriber[]> _cache = [];

    /// <summary>False when the subscription is there already.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
        {
            if (!_classifiers.TryGetValue(classifier, out var subscriptions))
                _classifiers.Add(classifier, subscriptions = []);
            if (subscriptions.Exists(known => known.Subscriber.Equals(subscriber)))
                return false;
            // A wider subscription covers this one.
            foreach (var (wider, others) in _classifiers)
            {
                if (IsSubClassification(wider, classifier) && others.Exists(known => known.Subscriber.Equals(subscriber)))
                    return false;
            }

            subscriptions.Add(new Subscription<TSubscriber, TClassifier>(subscriber));
            _cache = [];
            return true;
        }
    }

    /// <summary>Ends all subscriptions. False when there was none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_gate)
        {
            var removed = 0;
            foreach (var subscriptions in _classifiers.Values)
                removed += subscriptions.RemoveAll(known => known.Subscriber.Equals(subscriber));
            _cache = [];
            return removed > 0;
        }
    }

    /// <summary>Ends the subscription to a classifier and to all below it. False when there was none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
        {
            var removed = 0;
            foreach (var (known, subscriptions) in _classifiers)
            {
                if (known.Equals(classifier) || IsSubClassification(classifier, known))
                    removed += subscriptions.RemoveAll(subscription => subscription.Subscriber.Equals(subscriber));
            }

            _cache = [];
            return removed > 0;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        var classifier = GetClassifier(@event);
        var subscribers = _cache.TryGetValue(classifier, out var known) ? known : Find(@event, classifier);
        foreach (var subscriber in subscribers)
            Publish(@event, subscriber);
    }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    protected string SimpleName(object source) => SimpleName(source.GetType());

    protected string SimpleName(Type source) => source.Name;

    private TSubscriber[] Find(TEvent @event, TClassifier classifier)
    {
        lock (_gate)
        {
            var found = new List<TSubscriber>();
            foreach (var (known, subscriptions) in _classifiers)
            {
                if (!Classify(@event, known))
                    continue;
                foreach (var subscription in subscriptions)
                {
                    if (!found.Contains(subscription.Subscriber))
                        found.Add(subscription.Subscriber);
                }
            }

            // A new table each time: publishers read without the lock.
            TSubscriber[] subscribers = [.. found];
            _cache = new Dictionary<TClassifier, TSubscriber[]>(_cache) { [classifier] = subscribers };
            return subscribers;
        }
    }
}

/// <summary>One subscriber's subscription.</summary>
public class Subscription<TSubscriber, TClassifier>
{
    public Subscription(TSubscriber subscriber)
        : this(subscriber, [])
    {
    }

    public Subscription(TSubscriber subscriber, IEnumerable<TClassifier> unsubscriptions)
    {
        Subscriber = subscriber;
        Unsubscriptions = new HashSet<TClassifier>(unsubscriptions);
    }

    public TSubscriber Subscriber { get; }

    public ISet<TClassifier> Unsubscriptions { get; }
}

/// <summary>A bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : class;
