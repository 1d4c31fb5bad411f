using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Host.Commands;
using Actors.Host.Status;
using Actors.Hosting;
using Actors.Hosting.Configuration;
using Actors.Hosting.Sources;
using Actors.Transport;

namespace Actors.Host.Running.Records;

/// <summary>
/// Standard output of <c>run --output json</c>: an object a line. What handlers and sources print is an object as well
/// (<see cref="Printed"/>), so that nothing else ever stands there.
/// </summary>
internal sealed class RunRecords : IRunReport
{
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    public RunRecords(TextWriter output, TimeProvider time)
    {
        (_output, _time) = (output, time);
        Printed = new PrintedLines(this);
    }

    /// <summary>Where handlers and sources print.</summary>
    public TextWriter Printed { get; }

    public void Warning(ConfigWarning warning) => Say(Fault("warning", PlanMistake.Of(warning)), RunJson.Default.FaultRecord);

    public void Error(ConfigError error) => Say(Fault("error", PlanMistake.Of(error)), RunJson.Default.FaultRecord);

    public async Task Started(HostPlan plan, StatusReader status)
    {
        var now = await status.ReadOpen(CancellationToken.None);
        Say(new StartedRecord("started", now.Version, now.At, now.Host, now.Roles, now.Grains), RunJson.Default.StartedRecord);
    }

    public void Problem(string text) => Say(new FaultRecord("error", text), RunJson.Default.FaultRecord);

    public void Undelivered(RoleStatus role, string text) => Say(new FaultRecord("error", text) { Role = role.Role, Undelivered = role.Waiting }, RunJson.Default.FaultRecord);

    public void Failed(RequestsFailed requests) => Say(new FaultRecord("error", RunText.Of(requests)) { Role = requests.Role, FailedRequests = requests.Failed }, RunJson.Default.FaultRecord);

    public void Dropped(string source, long count, DropReason reason) => Say(new DroppedRecord("dropped", source, count, DropReasons.WordOf(reason)), RunJson.Default.DroppedRecord);

    public void DroppedLate(string source, long count, DropReason reason) => Dropped(source, count, reason);

    public void Ended(int code) => Say(new EndedRecord("ended", _time.GetUtcNow(), code), RunJson.Default.EndedRecord);

    private static FaultRecord Fault(string what, PlanMistake mistake) => new(what, mistake.Message) { File = mistake.File, Line = mistake.Line, Column = mistake.Column, Key = mistake.Key };

    private void Say<T>(T record, JsonTypeInfo<T> type)
    {
        try
        {
            Write(record, type);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody reads any more. A handler that prints finds the same, and stops the host.
        }
    }

    private void Write<T>(T record, JsonTypeInfo<T> type)
    {
        var line = JsonSerializer.Serialize(record, type);
        lock (_gate) _output.WriteLine(line);
    }

    /// <summary>Makes an object of each line.</summary>
    private sealed class PrintedLines(RunRecords records) : TextWriter
    {
        private readonly StringBuilder _begun = new();

        public override Encoding Encoding => records._output.Encoding;

        public override void Write(char value)
        {
            if (value == '\n') WriteLine("");
            else if (value != '\r') _begun.Append(value);
        }

        public override void WriteLine(string? value)
        {
            var line = _begun.Length == 0 ? value ?? "" : _begun.Append(value).ToString();
            _begun.Clear();
            records.Write(new OutputRecord("output", line), RunJson.Default.OutputRecord);
        }
    }
}
