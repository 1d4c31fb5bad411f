using Actors.Host.Commands;
using Actors.Host.Messaging.Frames;

namespace Actors.Host.Messaging.Running;

/// <summary>One run of <c>send</c> or <c>pub</c>.</summary>
internal sealed class SendRun(ToolContext context, string verb, Outgoing outgoing, MessageSource source, Pace pace, bool isQuiet)
{
    private readonly Tally _tally = new(verb, "sent", context.Invocation.Time);

    /// <param name="subscribers">How many to wait for.</param>
    /// <param name="stop">Ctrl-C.</param>
    public async Task<int> Run(int subscribers, CancellationToken stop)
    {
        var code = ExitCode.Success;
        try
        {
            await outgoing.AwaitSubscribers(subscribers, stop);
            await ToolProgress.Run(context.Output, !isQuiet && !source.IsTyped, "sending", source.Total, () => _tally.Messages, () => SendAll(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            code = source.IsEndless ? ExitCode.Success : ExitCode.Interrupted;
        }
        catch (ToolException fault)
        {
            context.Output.Errors.WriteLine($"{verb}: {fault.Message}");
            code = fault.Code;
        }
        var lost = await outgoing.Close(context.Hurry);
        if (lost > 0)
        {
            context.Output.Errors.WriteLine($"{verb}: {lost} of {_tally.Messages} messages were not sent{(context.Hurry.IsCancellationRequested ? " before the second Ctrl-C" : " in time, or went down with their connection")}");
            if (code == ExitCode.Success) code = ExitCode.Failed;
        }
        _tally.Write(context.Output, isAlone: true, isQuiet, lost);
        return code;
    }

    private async Task SendAll(CancellationToken stop)
    {
        await foreach (var message in source.Messages)
        {
            await pace.Next(stop);
            await outgoing.Send(message, stop);
            _tally.Add(message);
        }
    }
}
