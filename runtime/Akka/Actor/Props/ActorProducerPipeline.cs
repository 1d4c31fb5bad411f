using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Adds something to actors when they are created, and takes it away when they are replaced or stop.</summary>
public interface IActorProducerPlugin
{
    bool CanBeAppliedTo(Type actorType);

    /// <summary>Runs on a new instance, before its PreStart.</summary>
    void AfterIncarnated(ActorBase actor, IActorContext context);

    /// <summary>Runs on an instance that has been replaced or has stopped.</summary>
    void BeforeIncarnated(ActorBase actor, IActorContext context);
}

public abstract class ActorProducerPluginBase : IActorProducerPlugin
{
    public virtual bool CanBeAppliedTo(Type actorType) => true;

    public virtual void AfterIncarnated(ActorBase actor, IActorContext context)
    {
    }

    public virtual void BeforeIncarnated(ActorBase actor, IActorContext context)
    {
    }
}

/// <summary>A plugin for actors of one class.</summary>
public abstract class ActorProducerPluginBase<TActor> : IActorProducerPlugin
    where TActor : ActorBase
{
    public virtual bool CanBeAppliedTo(Type actorType) => typeof(TActor).IsAssignableFrom(actorType);

    public virtual void AfterIncarnated(TActor actor, IActorContext context)
    {
    }

    public virtual void BeforeIncarnated(TActor actor, IActorContext context)
    {
    }

    void IActorProducerPlugin.AfterIncarnated(ActorBase actor, IActorContext context) => AfterIncarnated((TActor)actor, context);

    void IActorProducerPlugin.BeforeIncarnated(ActorBase actor, IActorContext context) => BeforeIncarnated((TActor)actor, context);
}

/// <summary>Gives actors their stash; what is still stashed when an instance goes returns to the mailbox.</summary>
public class ActorStashPlugin : ActorProducerPluginBase
{
    public override bool CanBeAppliedTo(Type actorType) => typeof(IActorStash).IsAssignableFrom(actorType);

    public override void AfterIncarnated(ActorBase actor, IActorContext context)
    {
        if (actor is IActorStash { Stash: null } stashing)
            stashing.Stash = context.CreateStash(stashing);
    }

    public override void BeforeIncarnated(ActorBase actor, IActorContext context)
    {
        if (actor is IActorStash { Stash: { } stash })
            stash.UnstashAll();
    }
}

/// <summary>The plugins of a system, and which of them apply to a class.</summary>
public class ActorProducerPipelineResolver
{
    private readonly Lazy<ILoggingAdapter> _log;
    private readonly ConcurrentDictionary<Type, ActorProducerPipeline> _pipelines = new();
    private ImmutableList<IActorProducerPlugin> _plugins = [new ActorStashPlugin()];

    public ActorProducerPipelineResolver(Func<ILoggingAdapter> logBuilder) => _log = new Lazy<ILoggingAdapter>(logBuilder);

    public int TotalPluginCount => _plugins.Count;

    public bool IsRegistered(IActorProducerPlugin plugin) => _plugins.Any(known => known.GetType() == plugin.GetType());

    /// <summary>Adds a plugin behind the others. False when one of its type is there.</summary>
    public bool Register(IActorProducerPlugin plugin) => Change(plugins => IsRegistered(plugin) ? plugins : plugins.Add(plugin));

    public bool Insert(int index, IActorProducerPlugin plugin) =>
        Change(plugins => IsRegistered(plugin) ? plugins : plugins.Insert(Math.Clamp(index, 0, plugins.Count), plugin));

    public bool Unregister(IActorProducerPlugin plugin) =>
        Change(plugins => plugins.RemoveAll(known => known.GetType() == plugin.GetType()));

    internal ActorProducerPipeline PipelineFor(Type actorType) => _pipelines.GetOrAdd(
        actorType,
        type => new ActorProducerPipeline(_log, _plugins.Where(plugin => plugin.CanBeAppliedTo(type))));

    private bool Change(Func<ImmutableList<IActorProducerPlugin>, ImmutableList<IActorProducerPlugin>> change)
    {
        var changed = ImmutableInterlocked.Update(ref _plugins, change);
        if (changed)
            _pipelines.Clear();
        return changed;
    }
}

/// <summary>The plugins that apply to one class, in order.</summary>
public class ActorProducerPipeline : IEnumerable<IActorProducerPlugin>
{
    private readonly Lazy<ILoggingAdapter> _log;
    private readonly IActorProducerPlugin[] _plugins;

    public ActorProducerPipeline(Lazy<ILoggingAdapter> log, IEnumerable<IActorProducerPlugin> plugins)
    {
        _log = log;
        _plugins = [.. plugins];
    }

    public int Count => _plugins.Length;

    public void AfterActorIncarnated(ActorBase actor, IActorContext context)
    {
        foreach (var plugin in _plugins)
            plugin.AfterIncarnated(actor, context);
    }

    public void BeforeActorIncarnated(ActorBase actor, IActorContext context)
    {
        foreach (var plugin in _plugins)
        {
            try
            {
                plugin.BeforeIncarnated(actor, context);
            }
            catch (Exception failure)
            {
                // The others still have to let go of the instance.
                _log.Value.Error(failure, "Plugin {0} failed on the way out of {1}", plugin.GetType(), actor.GetType());
            }
        }
    }

    public IEnumerator<IActorProducerPlugin> GetEnumerator() => ((IEnumerable<IActorProducerPlugin>)_plugins).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
