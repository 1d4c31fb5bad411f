using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests;

/// <summary>What tests of roles on a simulated network share. Each call has had its effects when it returns.</summary>
public abstract class SimulatedRoleTests : Akka.TestKit.Xunit2.TestKit
{
    protected SimulatedRoleTests()
        : base(VirtualTime.Config)
    {
        Network = SimulatedNetwork.Of(Sys);
        Time = VirtualTime.Of(Sys);
    }

    protected SimulatedNetwork Network { get; }

    protected VirtualTime Time { get; }

    protected static SocketSettings Bound => new() { Bind = ["tcp://*:5555"] };

    protected static Message Text(params string[] frames) => Message.FromText(frames);

    protected static ReadOnlyMemory<byte> Id(string id) => System.Text.Encoding.UTF8.GetBytes(id);

    protected RoleStatus StatusOf(IActorRef role)
    {
        var asking = CreateTestProbe();
        role.Tell(GetRoleStatus.Instance, asking.Ref);
        return asking.ExpectMsg<RoleStatus>();
    }

    /// <summary>Tells the test all that it is told, and answers with itself what it is asked to.</summary>
    protected sealed class Handler : UntypedActor
    {
        private readonly IActorRef _test;
        private readonly bool _echoes;

        public Handler(IActorRef test, bool echoes)
        {
            _test = test;
            _echoes = echoes;
        }

        protected override void OnReceive(object message)
        {
            if (message is PeerEvent or Status.Failure)
            {
                _test.Tell(message);
                return;
            }
            if (message is Message { FrameCount: 1 } text && text.Text() == "fail") throw new InvalidOperationException("told to fail");
            if (_echoes) Sender.Tell(message, Self);
            else _test.Tell(message);
        }
    }

    protected Props Telling => Props.Create(() => new Handler(TestActor, false));

    protected Props Echoing => Props.Create(() => new Handler(TestActor, true));
}
