using Actors.Hosting.Handlers;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Sources;

/// <summary>
/// An actor that sends messages through a role, no faster than the role takes them, and hands what comes back to its
/// own handler. It stops when it has sent its last message and every request among them has ended.
/// </summary>
internal abstract class Source : UntypedActor
{
    private readonly IActorRef _role;
    private readonly MessagePrinter _printer;
    private readonly Props? _replyHandler;
    private readonly bool _expectsReplies;
    private IActorRef? _handler;
    private long _unanswered;
    private long _failed;
    private readonly string? _name;
    private bool _resumes;
    private long _stored;
    private bool _ended;
    private bool _finishing;
    private long _requestsBefore;

    protected Source(SourceSettings settings)
    {
        _role = settings.Role;
        _printer = settings.Printer;
        _replyHandler = settings.ReplyHandler;
        _expectsReplies = settings.ExpectsReplies;
        _name = settings.Name;
    }

    /// <summary>How many messages the role takes now.</summary>
    protected int Demanded { get; private set; }

    /// <summary>How many messages were sent, over all runs of the host where the role remembers it.</summary>
    protected long Sent { get; private set; }

    /// <summary>Nobody tells the handler again what it failed on.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        if (cause is not ActorInitializationException) Context.System.EventStream.Publish(new MessagesDropped(_role.Path.Name, 1, DropReason.HandlerFailed));
        return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
    });

    protected override void PreStart()
    {
        if (_replyHandler is not null) _handler = Context.ActorOf(_replyHandler, "handler");
        // A role that is restarted forgets its producers, and announces that it is ready again.
        Context.System.EventStream.Subscribe(Self, typeof(RoleReady));
        Register();
    }

    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case FinishSource:
                OnFinish();
                break;
            case Demand when _finishing:
                break;
            case Demand demand:
                Demanded += demand.Messages;
                OnDemand();
                break;
            case Message or Status.Failure when Sender.Equals(_role):
                if (message is Status.Failure failure) OnFailed(failure.Cause);
                _handler?.Forward(message);
                _unanswered--;
                StopWhenDone();
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            case RoleReady ready:
                if (ready.Role == _role.Path.Name) Register();
                break;
            case BeginBehind begin:
                _resumes = true;
                Demanded = 0;
                Sent = _stored = begin.Position ?? 0;
                if (_finishing) StopWhenDone();
                else OnBegin();
                break;
            case StoredUpTo stored:
                _stored = stored.Position;
                StopWhenDone();
                break;
            default:
                OnOther(message);
                break;
        }
    }

    /// <summary>The role takes more messages.</summary>
    protected abstract void OnDemand();

    /// <summary>The next message is that behind the first <see cref="Sent"/> ones.</summary>
    protected abstract void OnBegin();

    /// <summary>A message of the source to itself.</summary>
    protected abstract void OnOther(object message);

    /// <summary>Sends one message; there must be demand.</summary>
    protected void Send(Message message)
    {
        // It was read before, and nobody was told that it was taken.
        if (_finishing) return;
        try
        {
            _printer.Print(message);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The host stops because of it, and the message was not sent.
            Context.Stop(Self);
            return;
        }
        Demanded--;
        if (_expectsReplies) _unanswered++;
        Sent++;
        _role.Tell(_resumes ? new SourceMessage(message, Sent) : message, Self);
    }

    /// <summary>Nothing more is to be sent.</summary>
    protected void End()
    {
        _ended = true;
        StopWhenDone();
    }

    /// <summary>The host stops. What is asked already still ends in a reply or a failure; only those failures count from now on.</summary>
    private void OnFinish()
    {
        if (_finishing) return;
        _finishing = true;
        Demanded = 0;
        if (!_ended)
        {
            _failed = 0;
            _requestsBefore = Sent - _unanswered;
        }
        End();
    }

    private void OnFailed(Exception cause)
    {
        _failed++;
        _printer.Failed(cause);
    }

    private void Register() => _role.Tell(new RegisterProducer(_name), Self);

    private void StopWhenDone()
    {
        if (!_ended || _unanswered > 0 || (_resumes && _stored < Sent)) return;
        if (_failed > 0) Context.Parent.Tell(new RequestsFailed(_role.Path.Name, _failed, Sent - _requestsBefore), Self);
        if (_handler is null)
        {
            Context.Stop(Self);
            return;
        }
        // The handler first works through what it was told.
        Context.Watch(_handler);
        _handler.Tell(PoisonPill.Instance, Self);
    }
}

/// <summary>To a source: send nothing more, and stop when every request has ended.</summary>
internal sealed record FinishSource
{
    public static FinishSource Instance { get; } = new();
}

/// <summary>A source to the host, when it has ended: requests of it did not end in a reply.</summary>
/// <param name="Role">The name of the role's actor.</param>
/// <param name="Failed">How many, at least one.</param>
/// <param name="Requests">Of how many.</param>
internal sealed record RequestsFailed(string Role, long Failed, long Requests);

/// <summary>What every source is made with.</summary>
/// <param name="Role">The role to send through.</param>
/// <param name="Printer">Prints what is sent.</param>
/// <param name="ReplyHandler">Is told what comes back; null where nothing looks at it.</param>
/// <param name="ExpectsReplies">Whether each message ends in an answer.</param>
/// <param name="Name">The same in each run of the host; null where what was sent cannot be read again.</param>
internal sealed record SourceSettings(IActorRef Role, MessagePrinter Printer, Props? ReplyHandler, bool ExpectsReplies, string? Name = null);
