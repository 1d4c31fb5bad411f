using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Chaos.Faults;
using Chaos.Handlers;
using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Retained;

/// <summary>
/// A publish host that keeps messages; our subscribe hosts and examples/python/subscriber.py at its second endpoint, and a
/// plain SUB at its first. Message n is the frames "kT" and "n", T being n modulo <see cref="Topics"/>.
/// </summary>
internal sealed partial class BroadcastUnderTest
{
    public const int Topics = 20;

    /// <summary>How many of the subscribers are ours; they come first.</summary>
    public const int SubscribeHosts = 2;

    private const string File = "publish-subscribe-retained.conf";
    private const string Published = "published ";
    private const string Times = "heartbeat-interval = 30ms, heartbeat-timeout = 120ms";
    private const string PlainLink = "publisher-plain";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly RunContext _run;
    private readonly RetainedShape _shape;
    private readonly List<(string Name, FaultProxy Link)> _links = [];
    private readonly FaultProxy _plainLink;

    public BroadcastUnderTest(RunContext run, RetainedShape shape)
    {
        _run = run;
        _shape = shape;
        _plainLink = run.AddLink(PlainLink);
        Publisher = run.Add(new Part("publisher", run.Folder, PublisherHost, Programs.HostReady("publisher"))
        {
            OnReady = line =>
            {
                var ports = Programs.PortsIn(line);
                _plainLink.ForwardTo(ports[0]);
                foreach (var (_, link) in _links) link.ForwardTo(ports[1]);
            },
            OnLine = OnPublisherLine,
        });
        Subscribers =
        [
            NewHost("subscriber1", slow: false),
            NewHost("subscriber2", shape.SlowHandler),
            NewSubscriber("subscriber3", endpoint => Programs.Python("examples", "subscriber", endpoint), openMark: null),
        ];
        Plain = run.Add(new Part("plain", run.Folder, () => Programs.Python("peers", "subscribe", _plainLink.Endpoint), readyMark: null)
        {
            OnLine = PlainStream.Add,
            OnKilled = PlainStream.Forget,
        });
    }

    public Part Publisher { get; }

    public IReadOnlyList<RetainedSubscriber> Subscribers { get; }

    public Part Plain { get; }

    public RetainedShape Shape => _shape;

    public PlainStream PlainStream { get; } = new(Topics);

    public IEnumerable<FaultChoice> Links => FaultChoice.Of(FaultChoice.OfWire, [PlainLink, .. _links.Select(link => link.Name)]);

    public async Task Start()
    {
        Part[] order = [Publisher, Plain, .. Subscribers.Select(subscriber => subscriber.Part)];
        _run.Random.Shuffle(order);
        foreach (var part in order) await part.Start();
    }

    /// <summary>Gives the publisher one message after the other, slowly enough that a fault lasts for several.</summary>
    public async Task Publish()
    {
        const int Together = 5;
        for (var first = 1; first <= _run.Messages; first += Together)
        {
            var numbers = Enumerable.Range(first, Math.Min(Together, _run.Messages - first + 1));
            await Publisher.Write(numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"k{number % Topics}|{number}")));
            // The pace of what is published; nothing is waited for.
            await Task.Delay(Pause);
        }
    }

    private ProcessStartInfo PublisherHost() => Programs.Host(File, "publisher",
    [
        $"roles.publisher={{ bind = \"tcp://127.0.0.1:0\", linger = 200ms, retain = {(_shape.LastValues ? "last" : "window")} }}",
        $"roles.publisher.source={{ type = stdin, text = null, interval = null, separator = \"|\", print = \"{Published}{{text}}\" }}",
        $"roles.publisher.retained={{ bind = \"tcp://127.0.0.1:0\", linger = 200ms, count = {_shape.Count}, age = null, slow-subscriber = {_shape.SlowSubscriber}, {Times} }}",
    ]);

    private RetainedSubscriber NewHost(string name, bool slow) => NewSubscriber(name, endpoint => Programs.Host(File, "subscriber",
    [
        $"roles.subscriber={{ connect = \"{endpoint}\", linger = 200ms, reconnect-interval = 20ms, reconnect-interval-max = 100ms, retained {{ {Times} }} }}",
        .. slow
            ? [$"roles.subscriber={{ inbound-window = 10, handler = {{ type = \"{typeof(SlowConsoleHandler).FullName}\", print = null, assembly = \"{typeof(SlowConsoleHandler).Assembly.Location}\" }} }}"]
            : new[] { "roles.subscriber.handler.print=\"> {text}\"" },
    ]), openMark: "subscriber is open: ");

    private RetainedSubscriber NewSubscriber(string name, Func<string, ProcessStartInfo> program, string? openMark)
    {
        var linkName = $"publisher-{name}";
        var link = _run.AddLink(linkName);
        _links.Add((linkName, link));
        var stream = new SubscriberStream(_run.Messages, Topics, _shape.LastValues);
        // A subscriber is ready only when its publisher is there, which may come later; when it is open it hears signals.
        var part = new Part(name, _run.Folder, () => program(link.Endpoint), openMark)
        {
            OnLine = line => OnSubscriberLine(stream, line),
            OnKilled = stream.Forget,
        };
        return new RetainedSubscriber(_run.Add(part), stream);
    }

    private void OnPublisherLine(string line)
    {
        if (line.StartsWith(Published, StringComparison.Ordinal) && MessageText().Match(line) is { Success: true } match)
            _run.Delivered.Deliver(Text(Number(match, "number") - 1));
    }

    private static void OnSubscriberLine(SubscriberStream stream, string line)
    {
        if (GapLine().Match(line) is { Success: true } gap)
        {
            if (gap.Groups["last"].Value == "the last") stream.Stray(line);
            else stream.Gap(Number(gap, "first"), Number(gap, "last"));
        }
        else if (MessageLine().Match(line) is { Success: true } message)
        {
            stream.Message(Number(message, "topic"), Number(message, "number"));
            // The one on pyzmq prints the protocol's number too.
            if (message.Groups["told"] is { Success: true } && Number(message, "told") != Number(message, "number")) stream.Stray(line);
        }
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"k(?<topic>\d+) (?<number>\d+)$")]
    private static partial Regex MessageText();

    [GeneratedRegex(@"^(>|received (?<told>\d+):) k(?<topic>\d+) (?<number>\d+)$")]
    private static partial Regex MessageLine();

    [GeneratedRegex(@"^gap (?<first>\d+) to (?<last>\d+|the last)$")]
    private static partial Regex GapLine();
}

/// <summary>A subscriber and what it was told.</summary>
internal sealed record RetainedSubscriber(Part Part, SubscriberStream Stream);
