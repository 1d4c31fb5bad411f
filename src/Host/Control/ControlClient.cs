using System.Text.Json;
using Actors.Zmtp;

namespace Actors.Host.Control;

/// <summary>Asks a host at its control socket.</summary>
internal static class ControlClient
{
    // How often it looks whether the caller has given up.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    /// <param name="socket">The path of the socket.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="patience">How long to wait for the reply; infinite waits as long as the host lives.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The reply, which may be an error.</returns>
    /// <exception cref="TimeoutException">There was no reply in time, or the host has ended.</exception>
    /// <exception cref="JsonException">What answers is no host.</exception>
    public static Task<ControlReply> Ask(string socket, ControlRequest request, TimeSpan patience, CancellationToken cancel) => Task.Run(
        () =>
        {
            using var client = new RequestSocket();
            client.Options.Linger = TimeSpan.Zero;
            client.Connect($"ipc://{socket}");
            var began = TimeProvider.System.GetTimestamp();
            client.TrySend([JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest)]);
            while (!client.Poll(PollEvents.PollIn, Slice).HasFlag(PollEvents.PollIn))
            {
                cancel.ThrowIfCancellationRequested();
                if (patience != Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(began) > patience) throw new TimeoutException($"no reply within {patience.TotalSeconds} s");
                if (!ControlFolder.IsAnswered(socket)) throw new TimeoutException("the host ended before it replied");
            }
            if (!client.TryReceive(out var json, out _)) throw new JsonException("the reply is empty");
            return JsonSerializer.Deserialize(json, ControlJson.Default.ControlReply) ?? throw new JsonException("the reply is null");
        },
        cancel);
}
