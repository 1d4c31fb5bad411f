using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests.Telemetry;

/// <summary>What acknowledged roles and journals measure, on real sockets.</summary>
public sealed class AcknowledgedMeterTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private readonly string _push = $"push-{Guid.NewGuid():N}";
    private readonly string _pull = $"pull-{Guid.NewGuid():N}";

    [Fact]
    public void Acknowledged_tasks_their_handler_and_the_journal_are_measured()
    {
        using var measured = new Measured();
        var folder = Directory.CreateTempSubdirectory("meter-");
        try
        {
            var (_, endpoint) = Start(PullRole.Props(new PullSettings { Name = _pull, Socket = new SocketSettings { Bind = [AnyPort] }, Acknowledged = new() }, TellingTo(TestActor)));
            var (push, _) = Start(PushRole.Props(new PushSettings
            {
                Name = _push,
                Socket = new SocketSettings { Connect = [endpoint] },
                Acknowledged = new(),
                Journal = new JournalSettings(Path.Combine(folder.FullName, "push.db")),
            }));
            for (var i = 0; i < 50; i++) push.Tell(Message.FromText($"{i}"), TestActor);
            for (var i = 0; i < 50; i++) ExpectMsg<Message>(Patience);

            AwaitCondition(() => measured.Of(_push).GetValueOrDefault("actors.ledger.acknowledged") == 50, Patience, "50 acknowledged tasks");
            var seen = measured.Of(_push);
            Assert.Equal(0, seen["actors.ledger.outstanding"]);
            Assert.InRange(seen["actors.journal.syncs"], 1, 100);
            Assert.InRange(seen["actors.journal.size"], 4096, 1 << 24);
            push.Tell(Message.FromText("one more"), TestActor);
            ExpectMsg<Message>(Patience);
            AwaitCondition(() => measured.Durations(_pull).Count > 0, Patience, "the time of the handler");
            Watch(push);
            Sys.Stop(push);
            ExpectTerminated(push, Patience);
            Assert.InRange(measured.Of(_push)["actors.ledger.acknowledged"], 50, 51);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
