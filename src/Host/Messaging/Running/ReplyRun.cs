using Actors.Host.Commands;
using Actors.Host.Messaging.Frames;
using Actors.Zmtp;

namespace Actors.Host.Messaging.Running;

/// <summary>One run of <c>reply</c>.</summary>
internal sealed class ReplyRun(ToolContext context, Incoming incoming, Answers answers, MessageWriter writer, long? count, bool isQuiet)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly Tally _tally = new("reply", "answered requests:", context.Invocation.Time);
    private long _failed;

    public async Task<int> Run(CancellationToken stop)
    {
        var code = ExitCode.Success;
        try
        {
            await Task.Run(() => AnswerAll(stop), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            code = count is null ? ExitCode.Success : ExitCode.Interrupted;
        }
        catch (ToolException fault)
        {
            context.Output.Errors.WriteLine($"reply: {fault.Message}");
            code = fault.Code;
        }
        var unsent = await incoming.CloseSending(context.Hurry);
        if (unsent > 0) context.Output.Errors.WriteLine($"reply: {unsent} replies were not sent; their peers are gone or do not receive");
        if (_failed > 0) context.Output.Errors.WriteLine($"reply: --exec failed for {_failed} of {_tally.Messages} requests");
        _tally.Write(context.Output, isAlone: false, isQuiet, unsent);
        return code == ExitCode.Success && (unsent > 0 || _failed > 0) ? ExitCode.Failed : code;
    }

    private async Task AnswerAll(CancellationToken stop)
    {
        var socket = incoming.Socket;
        // The types whose requests have the peer in front.
        var envelope = socket.Type == ZmqSocketType.Server ? 1 : 0;
        while (count is null || _tally.Messages < count)
        {
            stop.ThrowIfCancellationRequested();
            if (socket.TryReceive() is not { } request)
            {
                writer.Flush();
                if (incoming.IsHopeless) throw new ToolException($"no peer asks ({incoming.Why()})");
                socket.Wait(toSend: false, s_look, stop);
                continue;
            }
            _tally.Add(request);
            writer.Write(request);
            var reply = await Answer([.. request.Skip(envelope)]);
            // A peer that has gone away gets no reply; that is its own doing.
            _ = socket.Send([.. request.Take(envelope), .. reply]);
        }
        writer.Flush();
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> Answer(IReadOnlyList<ReadOnlyMemory<byte>> request)
    {
        try
        {
            return await answers.Of(request, _tally.Messages);
        }
        catch (ToolException fault)
        {
            _failed++;
            context.Output.Errors.WriteLine($"reply: {fault.Message}");
            return [ReadOnlyMemory<byte>.Empty];
        }
    }
}
