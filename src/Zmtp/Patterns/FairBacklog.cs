using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>A frame that waits to be received.</summary>
/// <param name="Frame">Its octets.</param>
/// <param name="More">Another frame of the message follows.</param>
/// <param name="From">The peer that sent it; null for what this end made up.</param>
internal readonly record struct ReceivedFrame(byte[] Frame, bool More, Pipe? From);

/// <summary>Frames that were taken from pipes and wait to be received: a whole message from each pipe in turn.</summary>
internal sealed class FairBacklog
{
    private readonly Dictionary<Pipe, Queue<ReceivedFrame>> _frames = [];
    private readonly LinkedList<Pipe> _turns = new();

    public bool IsEmpty => _turns.Count == 0;

    /// <summary>Adds a frame behind the others of a pipe; all frames of a message are added before any is taken.</summary>
    public void Enqueue(Pipe pipe, ReceivedFrame frame)
    {
        if (!_frames.TryGetValue(pipe, out Queue<ReceivedFrame>? frames))
        {
            _frames.Add(pipe, frames = new());
            _turns.AddLast(pipe);
        }

        frames.Enqueue(frame);
    }

    public bool TryDequeue(out ReceivedFrame frame)
    {
        frame = default;
        if (_turns.First is not { } turn)
        {
            return false;
        }

        Queue<ReceivedFrame> frames = _frames[turn.Value];
        frame = frames.Dequeue();
        if (frame.More)
        {
            return true;
        }

        _turns.Remove(turn);
        if (frames.Count == 0)
        {
            _frames.Remove(turn.Value);
        }
        else
        {
            _turns.AddLast(turn);
        }

        return true;
    }
}
