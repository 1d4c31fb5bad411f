using Actors.Hosting.Handlers;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Host.Tests.Handlers;

/// <summary>The programs of an exec handler, run by sh.</summary>
public sealed class ExecHandlerTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly MessagePrinter Silent = new(TextWriter.Null, null);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("exec");

    public ExecHandlerTests(ITestOutputHelper log)
        : base("akka.loglevel = WARNING", output: log)
    {
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Delete(recursive: true);
    }

    private IActorRef Start(string script, TimeSpan? timeout = null, bool inReplyRole = true)
    {
        string[] command = ["sh", "-c", script, _directory.FullName];
        TimeSpan? handlerTimeout = inReplyRole ? Hour : null;
        return Sys.ActorOf(Props.Create(() => new ExecHandler(Silent, command, timeout ?? Hour, handlerTimeout)));
    }

    private string FailureOf(string script, TimeSpan? timeout = null)
    {
        Start(script, timeout).Tell(Message.FromText("?"), TestActor);
        return ExpectMsg<Status.Failure>(Patience).Cause.Message;
    }

    /// <summary>The process that wrote its id into the file of that name.</summary>
    private int IdIn(string name)
    {
        var file = Path.Combine(_directory.FullName, name);
        AwaitCondition(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), Patience, TimeSpan.FromMilliseconds(10), $"the program to write {name}");
        return int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void ExpectEnded(int id) => AwaitCondition(() => !IsAlive(id), Patience, TimeSpan.FromMilliseconds(10), $"the process {id} to end");

    private static bool IsAlive(int id)
    {
        try
        {
            // A process that nobody has waited for is a zombie: its state stands behind its name.
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Trim()[0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public void Programs_of_20_requests_run_beside_each_other()
    {
        // Each waits until all have begun.
        var handler = Start("touch $0/$$; while [ $(ls $0 | wc -l) -lt 20 ]; do sleep 0.05; done; cat");
        for (var n = 0; n < 20; n++) handler.Tell(Message.FromText($"{n}"), TestActor);

        var replies = Enumerable.Range(0, 20).Select(_ => ExpectMsg<Message>(Patience).Text()).Order().ToArray();
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}").Order(), replies);
    }

    [Fact]
    public void Other_roles_run_one_program_at_a_time()
    {
        var handler = Start("mkdir $0/running && sleep 0.05 && cat && rmdir $0/running", inReplyRole: false);
        for (var n = 0; n < 5; n++) handler.Tell(Message.FromText($"{n}"), TestActor);

        for (var n = 0; n < 5; n++) Assert.Equal($"{n}", ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void A_program_that_runs_too_long_is_killed_with_all_that_it_started()
    {
        var failure = FailureOf("sleep 1000 & echo $! > $0/child; (sh -c 'echo $$ > $0/orphan; sleep 1000 & wait' $0 &); echo $$ > $0/program; wait; sleep 1000", TimeSpan.FromSeconds(2));

        Assert.EndsWith("it ran longer than 2000 ms", failure, StringComparison.Ordinal);
        foreach (var name in new[] { "program", "child", "orphan" }) ExpectEnded(IdIn(name));
    }

    [Fact]
    public void What_a_program_left_behind_with_its_output_is_killed_in_time()
    {
        var failure = FailureOf("(sh -c 'echo $$ > $0/orphan; exec sleep 1000' $0 &); echo hello", TimeSpan.FromSeconds(1));

        Assert.EndsWith("it ran longer than 1000 ms", failure, StringComparison.Ordinal);
        ExpectEnded(IdIn("orphan"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Programs_do_not_outlive_their_handler(bool inReplyRole)
    {
        var handler = Start("echo $$ > $0/program; sleep 1000", inReplyRole: inReplyRole);
        handler.Tell(Message.FromText("?"), TestActor);
        var program = IdIn("program");
        Assert.True(IsAlive(program));
        handler.Tell(PoisonPill.Instance);
        Sys.Stop(handler);

        ExpectEnded(program);
    }

    [Fact]
    public void A_program_may_write_much_while_it_is_fed_much()
    {
        var much = new byte[8 << 20];
        Random.Shared.NextBytes(much);
        Start("cat; printf .").Tell(new Message(much), TestActor);

        Assert.Equal(much, ExpectMsg<Message>(Patience)[0].Span[..^1]);
    }

    [Theory]
    [InlineData("echo hello")]
    [InlineData("exec <&-; sleep 0.1; echo hello")]
    [InlineData("head -c 10 > /dev/null; echo hello")]
    [InlineData("sleep 0.2; echo hello")]
    public void A_program_need_not_read_its_input(string script)
    {
        Start(script).Tell(new Message(new byte[8 << 20]), TestActor);

        Assert.Equal("hello", ExpectMsg<Message>(Patience).Text());
    }

    [Theory]
    [InlineData("exec >&-; sleep 0.1", "")]
    [InlineData("printf half; exec >&-; cat > /dev/null; sleep 0.1", "half")]
    [InlineData("true", "")]
    [InlineData("printf 'two\\r\\n'", "two")]
    [InlineData("head -c 10000000 /dev/zero >&2; echo hello", "hello")]
    [InlineData("exec 2>&-; echo hello", "hello")]
    public void A_program_that_exits_with_0_has_answered(string script, string answer)
    {
        Start(script).Tell(Message.FromText("?"), TestActor);

        Assert.Equal(answer, ExpectMsg<Message>(Patience).Text());
    }

    [Theory]
    [InlineData("exit 1", "sh: it exited with 1")]
    [InlineData("echo no such order >&2; exit 3", "sh: it exited with 3: no such order")]
    [InlineData("kill -9 $$", "sh: it exited with 137 (signal 9)")]
    [InlineData("echo half an answer; kill $$", "sh: it exited with 143 (signal 15)")]
    public void A_program_that_fails_is_a_failure_at_once(string script, string failure) => Assert.Equal(failure, FailureOf(script));

    [Fact]
    public void What_a_program_complains_is_shortened()
    {
        var failure = FailureOf("head -c 10000000 /dev/zero | tr '\\0' x >&2; exit 1");

        Assert.EndsWith("xxx ... (10000000 bytes in all)", failure, StringComparison.Ordinal);
        Assert.InRange(failure.Length, 2000, 2100);
    }

    [Fact]
    public void What_a_program_complains_is_logged()
    {
        var handler = Start("echo careful >&2; echo hello");
        EventFilter.Warning(contains: "standard error of sh: careful").ExpectOne(() =>
        {
            handler.Tell(Message.FromText("?"), TestActor);
            Assert.Equal("hello", ExpectMsg<Message>(Patience).Text());
        });
    }

    [Fact]
    public void A_program_that_does_not_exist_is_a_failure_at_once()
    {
        string[] command = ["/no/such/program"];
        var handler = Sys.ActorOf(Props.Create(() => new ExecHandler(Silent, command, Hour, Hour)));
        handler.Tell(Message.FromText("?"), TestActor);

        Assert.StartsWith("/no/such/program: it did not start: ", ExpectMsg<Status.Failure>(Patience).Cause.Message, StringComparison.Ordinal);
    }
}
