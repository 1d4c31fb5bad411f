using System.Collections;
using System.Text;

namespace NetMQ;

/// <summary>A message of one or more frames. For one thread at a time.</summary>
public class NetMQMessage : IEnumerable<NetMQFrame>
{
    private const int DefaultFrameCount = 4;

    private readonly List<NetMQFrame> _frames;

    /// <summary>A message without frames, with room for some.</summary>
    public NetMQMessage(int expectedFrameCount = DefaultFrameCount)
    {
        _frames = new List<NetMQFrame>(expectedFrameCount);
    }

    /// <summary>A message of these frames.</summary>
    public NetMQMessage(IEnumerable<NetMQFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        _frames = [.. frames];
    }

    /// <summary>A message with a frame for each array, which are not copied.</summary>
    public NetMQMessage(IEnumerable<byte[]> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        _frames = [.. buffers.Select(buffer => new NetMQFrame(buffer))];
    }

    /// <summary>The first frame.</summary>
    /// <exception cref="InvalidOperationException">The message has none.</exception>
    public NetMQFrame First => _frames[IndexOfAny(0)];

    /// <summary>The last frame.</summary>
    /// <exception cref="InvalidOperationException">The message has none.</exception>
    public NetMQFrame Last => _frames[IndexOfAny(_frames.Count - 1)];

    /// <summary>The message has no frames.</summary>
    public bool IsEmpty => _frames.Count == 0;

    /// <summary>How many frames the message has.</summary>
    public int FrameCount => _frames.Count;

    /// <summary>The frame at a place.</summary>
    public NetMQFrame this[int index] => _frames[index];

    /// <summary>Adds a frame at the end.</summary>
    public void Append(NetMQFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frames.Add(frame);
    }

    /// <summary>Adds a frame of these bytes, which are not copied, at the end.</summary>
    public void Append(byte[] buffer) => _frames.Add(new NetMQFrame(buffer));

    /// <summary>Adds a frame of the text in UTF-8 at the end.</summary>
    public void Append(string message) => _frames.Add(new NetMQFrame(message));

    /// <summary>Adds a frame of the text in an encoding at the end.</summary>
    public void Append(string message, Encoding encoding) => _frames.Add(new NetMQFrame(message, encoding));

    /// <summary>Adds a frame of the number in network order at the end.</summary>
    public void Append(int value) => Append(NetworkOrderBitsConverter.GetBytes(value));

    /// <inheritdoc cref="Append(int)"/>
    public void Append(long value) => Append(NetworkOrderBitsConverter.GetBytes(value));

    /// <summary>Adds a frame without bytes at the end.</summary>
    public void AppendEmptyFrame() => _frames.Add(NetMQFrame.Empty);

    /// <summary>Puts a frame before the others.</summary>
    public void Push(NetMQFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frames.Insert(0, frame);
    }

    /// <summary>Puts a frame of these bytes, which are not copied, before the others.</summary>
    public void Push(byte[] buffer) => _frames.Insert(0, new NetMQFrame(buffer));

    /// <summary>Puts a frame of the text in UTF-8 before the others.</summary>
    public void Push(string message) => _frames.Insert(0, new NetMQFrame(message));

    /// <summary>Puts a frame of the text in an encoding before the others.</summary>
    public void Push(string message, Encoding encoding) => _frames.Insert(0, new NetMQFrame(message, encoding));

    /// <summary>Puts a frame of the number in network order before the others.</summary>
    public void Push(int value) => Push(NetworkOrderBitsConverter.GetBytes(value));

    /// <inheritdoc cref="Push(int)"/>
    public void Push(long value) => Push(NetworkOrderBitsConverter.GetBytes(value));

    /// <summary>Puts a frame without bytes before the others.</summary>
    public void PushEmptyFrame() => _frames.Insert(0, NetMQFrame.Empty);

    /// <summary>Takes the first frame away.</summary>
    /// <exception cref="InvalidOperationException">The message has none.</exception>
    public NetMQFrame Pop()
    {
        var frame = First;
        _frames.RemoveAt(0);
        return frame;
    }

    /// <summary>Takes the first frame with these bytes away; false when there is none.</summary>
    public bool RemoveFrame(NetMQFrame frame) => _frames.Remove(frame);

    /// <summary>Takes all frames away.</summary>
    public void Clear() => _frames.Clear();

    /// <summary>The frames from first to last.</summary>
    public IEnumerator<NetMQFrame> GetEnumerator() => _frames.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The frames as text, for people.</summary>
    public override string ToString()
    {
        return _frames.Count == 0
            ? "NetMQMessage[<no frames>]"
            : $"NetMQMessage[{string.Join(",", _frames.Select(frame => frame.ConvertToString()))}]";
    }

    private int IndexOfAny(int index)
    {
        return _frames.Count > 0 ? index : throw new InvalidOperationException("The message has no frames.");
    }
}
