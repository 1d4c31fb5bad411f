using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference of an actor in this process. It owns the cell, and makes it.</summary>
public class LocalActorRef : ActorRefWithCell, ILocalRef
{
    private readonly ActorSystemImpl _system;
    private readonly ActorPath _path;
    private readonly ActorCell _cell;

    public LocalActorRef(
        ActorSystemImpl system,
        Props props,
        MessageDispatcher dispatcher,
        MailboxType mailboxType,
        IInternalActorRef supervisor,
        ActorPath path)
    {
        _system = system;
        _path = path;
        Props = props;
        Dispatcher = dispatcher;
        MailboxType = mailboxType;
        Supervisor = supervisor;

        // The parent learns of the child before the child's first message can run.
        _cell = NewActorCell(system, this, props, dispatcher, supervisor);
        _cell.Init(sendSupervise: true, mailboxType);
    }

    public override ActorPath Path => _path;

    public override IActorRefProvider Provider => _cell.SystemImpl.Provider;

    public override IInternalActorRef Parent => _cell.Parent;

    public override IEnumerable<IActorRef> Children => _cell.GetChildren();

    public override bool IsTerminated => _cell.IsTerminated;

    public override bool IsLocal => true;

    public override ICell Underlying => _cell;

    public ActorCell Cell => _cell;

    protected ActorSystem System => _system;

    protected Props Props { get; }

    protected MessageDispatcher Dispatcher { get; }

    protected IInternalActorRef Supervisor { get; }

    protected MailboxType MailboxType { get; }

    public override void Start() => _cell.Start();

    public override void Suspend() => _cell.Suspend();

    public override void Resume(Exception? causedByFailure = null) => _cell.Resume(causedByFailure);

    public override void Restart(Exception cause) => _cell.Restart(cause);

    public override void Stop() => _cell.Stop();

    public override void SendSystemMessage(ISystemMessage message) => _cell.SendSystemMessage(message);

    public override IInternalActorRef GetSingleChild(string name) => _cell.GetSingleChild(name);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < name.Count; i++)
        {
            var element = name[i];
            if (string.IsNullOrEmpty(element))
                continue;
            IInternalActorRef next;
            if (element == "..")
                next = current.Parent;
            else if (current is ActorRefWithCell withCell)
                next = withCell.GetSingleChild(element);
            else
                return current.GetChild([.. name.Skip(i)]);
            if (next.IsNobody())
                return ActorRefs.Nobody;
            current = next;
        }

        return current;
    }

    protected virtual ActorCell NewActorCell(
        ActorSystemImpl system,
        IInternalActorRef self,
        Props props,
        MessageDispatcher dispatcher,
        IInternalActorRef supervisor) => new(system, self, props, dispatcher, supervisor);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is null)
            InvalidMessageException.ThrowIfNull(message, this);
        _cell.SendMessage(sender, message!);
    }
}
