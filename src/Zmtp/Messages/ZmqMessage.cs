using System.Collections;
using System.Text;

namespace Actors.Zmtp;

/// <summary>A message of one or more frames. For one thread at a time.</summary>
public class ZmqMessage : IEnumerable<ZmqFrame>
{
    private const int DefaultFrameCount = 4;

    private readonly List<ZmqFrame> _frames;

    /// <summary>A message without frames, with room for some.</summary>
    public ZmqMessage(int expectedFrameCount = DefaultFrameCount)
    {
        _frames = new List<ZmqFrame>(expectedFrameCount);
    }

    /// <summary>A message of these frames.</summary>
    public ZmqMessage(IEnumerable<ZmqFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        _frames = [.. frames];
    }

    /// <summary>A message with a frame for each array, which are not copied.</summary>
    public ZmqMessage(IEnumerable<byte[]> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        _frames = [.. buffers.Select(buffer => new ZmqFrame(buffer))];
    }

    /// <summary>The first frame.</summary>
    /// <exception cref="InvalidOperationException">The message has none.</exception>
    public ZmqFrame First => _frames[IndexOfAny(0)];

    /// <summary>The last frame.</summary>
    /// <exception cref="InvalidOperationException">The message has none.</exception>
    public ZmqFrame Last => _frames[IndexOfAny(_frames.Count - 1)];

    /// <summary>The message has no frames.</summary>
    public bool IsEmpty => _frames.Count == 0;

    /// <summary>How many frames the message has.</summary>
    public int FrameCount => _frames.Count;

    /// <summary>The frame at a place.</summary>
    public ZmqFrame this[int index] => _frames[index];

    /// <summary>Adds a frame at the end.</summary>
    public void Append(ZmqFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frames.Add(frame);
    }

    /// <summary>Adds a frame of these bytes, which are not copied, at the end.</summary>
    public void Append(byte[] buffer) => _frames.Add(new ZmqFrame(buffer));

    /// <summary>Adds a frame of the text in UTF-8 at the end.</summary>
    public void Append(string message) => _frames.Add(new ZmqFrame(message));

    /// <summary>Adds a frame of the text in an encoding at the end.</summary>
    public void Append(string message, Encoding encoding) => _frames.Add(new ZmqFrame(message, encoding));

    /// <summary>Adds a frame of the number in network order at the end.</summary>
    public void Append(int value) => Append(NetworkOrderBitsConverter.GetBytes(value));

    /// <inheritdoc cref="Append(int)"/>
    public void Append(long value) => Append(NetworkOrderBitsConverter.GetBytes(value));

    /// <summary>Adds a frame without bytes at the end.</summary>
    public void AppendEmptyFrame() => _frames.Add(ZmqFrame.Empty);

    /// <summary>Puts a frame before the others.</summary>
    public void Push(ZmqFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frames.Insert(0, frame);
    }

    /// <summary>Puts a frame of these bytes, which are not copied, before the others.</summary>
    public void Push(byte[] buffer) => _frames.Insert(0, new ZmqFrame(buffer));

    /// <summary>Puts a frame of the text in UTF-8 before the others.</summary>
    public void Push(string message) => _frames.Insert(0, new ZmqFrame(message));

    /// <summary>Puts a frame of the text in an encoding before the others.</summary>
    public void Push(string message, Encoding encoding) => _frames.Insert(0, new ZmqFrame(message, encoding));

    /// <summary>Puts a frame of the number in network order before the others.</summary>
    public void Push(int value) => Push(NetworkOrderBitsConverter.GetBytes(value));

    /// <inheritdoc cref="Push(int)"/>
    public void Push(long value) => Push(NetworkOrderBitsConverter.GetBytes(value));

    /// <summary>Puts a frame without bytes before the others.</summary>
    public void PushEmptyFrame() => _frames.Insert(0, ZmqFrame.Empty);

    /// <summary>Takes the first frame away.</summary>
    /// <exception cref="InvalidOperationException">The message has none.</exception>
    public ZmqFrame Pop()
    {
        var frame = First;
        _frames.RemoveAt(0);
        return frame;
    }

    /// <summary>Takes the first frame with these bytes away; false when there is none.</summary>
    public bool RemoveFrame(ZmqFrame frame) => _frames.Remove(frame);

    /// <summary>Takes all frames away.</summary>
    public void Clear() => _frames.Clear();

    /// <summary>The frames from first to last.</summary>
    public IEnumerator<ZmqFrame> GetEnumerator() => _frames.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The frames as text, for people.</summary>
    public override string ToString()
    {
        return _frames.Count == 0
            ? "ZmqMessage[<no frames>]"
            : $"ZmqMessage[{string.Join(",", _frames.Select(frame => frame.ConvertToString()))}]";
    }

    private int IndexOfAny(int index)
    {
        return _frames.Count > 0 ? index : throw new InvalidOperationException("The message has no frames.");
    }
}
