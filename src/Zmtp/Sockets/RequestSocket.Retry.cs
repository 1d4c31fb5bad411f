using System.Text;

namespace Actors.Zmtp.Sockets;

public partial class RequestSocket
{
    private static readonly TimeSpan s_noLinger = TimeSpan.Zero;

    /// <summary>Sends a text and waits for the reply; after each timeout a fresh socket tries again.</summary>
    /// <param name="address">Where to connect to.</param>
    /// <param name="requestString">The request.</param>
    /// <param name="numTries">How often it is tried at most.</param>
    /// <param name="requestTimeout">How long each try waits.</param>
    /// <param name="progressPublisher">Is told of the progress: "Info" or "Failure" and a sentence.</param>
    /// <returns>The reply, or null when there was none.</returns>
    public static string? RequestResponseStringWithRetry(string address, string requestString, int numTries, TimeSpan requestTimeout, PublisherSocket? progressPublisher = null)
    {
        ZmqMessage request = new();
        request.Append(requestString);
        return RequestResponseMultipartMessageWithRetry(address, request, numTries, requestTimeout, progressPublisher)?.First.ConvertToString(Encoding.UTF8);
    }

    /// <inheritdoc cref="RequestResponseStringWithRetry"/>
    /// <summary>Sends a message and waits for the reply; after each timeout a fresh socket tries again.</summary>
    public static ZmqMessage? RequestResponseMultipartMessageWithRetry(string address, ZmqMessage requestMessage, int numTries, TimeSpan requestTimeout, PublisherSocket? progressPublisher = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numTries, 1);
        ArgumentNullException.ThrowIfNull(requestMessage);
        for (int attempt = 1; attempt <= numTries; attempt++)
        {
            // A REQ that has not got its reply cannot send again: each try has a socket of its own.
            using RequestSocket socket = new();
            socket.Options.Linger = s_noLinger;
            socket.Connect(address);
            Tell(progressPublisher, "Info", $"request {attempt} of {numTries} to {address}");
            ZmqMessage? reply = null;
            if (socket.TrySendMultipartMessage(requestTimeout, requestMessage) && socket.TryReceiveMultipartMessage(requestTimeout, ref reply))
            {
                return reply;
            }

            Tell(progressPublisher, "Failure", $"no reply from {address} within {requestTimeout.TotalMilliseconds:0} ms");
        }

        return null;
    }

    private static void Tell(PublisherSocket? publisher, string topic, string text) => publisher?.SendMoreFrame(topic).SendFrame(text);
}
