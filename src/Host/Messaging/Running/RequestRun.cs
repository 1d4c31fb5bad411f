using Actors.Host.Commands;
using Actors.Host.Messaging.Frames;

namespace Actors.Host.Messaging.Running;

/// <summary>One run of <c>req</c>.</summary>
internal sealed class RequestRun(ToolContext context, Outgoing outgoing, MessageSource source, MessageWriter writer, Pace pace, bool isQuiet)
{
    private readonly Tally _tally = new("req", "got replies:", context.Invocation.Time);

    public async Task<int> Run(CancellationToken stop)
    {
        var code = ExitCode.Success;
        try
        {
            var isShown = !isQuiet && !context.Invocation.OutputIsTerminal && !source.IsTyped;
            await ToolProgress.Run(context.Output, isShown, "asking", source.Total, () => _tally.Messages, () => AskAll(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            code = source.IsEndless ? ExitCode.Success : ExitCode.Interrupted;
        }
        catch (ToolException fault)
        {
            context.Output.Errors.WriteLine($"req: {fault.Message}");
            code = fault.Code;
        }
        _tally.Write(context.Output, isAlone: false, isQuiet);
        return code;
    }

    private async Task AskAll(CancellationToken stop)
    {
        var time = context.Invocation.Time;
        await foreach (var request in source.Messages)
        {
            await pace.Next(stop);
            await outgoing.Send(request, stop);
            var sent = time.GetTimestamp();
            var reply = outgoing.AwaitReply(_tally.Messages + 1, stop);
            _tally.AddRoundTrip(time.GetElapsedTime(sent));
            _tally.Add(reply);
            writer.Write(reply);
            writer.Flush();
        }
    }
}
