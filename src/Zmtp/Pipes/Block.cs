namespace Actors.Zmtp.Pipes;

/// <summary>
/// A piece of a pipe: either a pooled array of wire bytes, or the payload of one large frame, kept without a copy.
/// </summary>
/// <remarks>
/// A pooled block is held by its pipe with <see cref="PipeHold"/> references; each frame handed out of it takes one
/// more from that hold, so that handing out needs no atomic operation.
/// </remarks>
internal sealed class Block : SharedBuffer
{
    public const int PipeHold = 1 << 29;

    /// <summary>The value of <see cref="End"/> while the writer is still in the block.</summary>
    public const int Open = int.MaxValue;

    private Msg _payload;

    private Block(byte[] data)
        : base(0)
    {
        Data = data;
        End = Open;
    }

    /// <summary>The bytes; of a payload, from <see cref="Start"/> on.</summary>
    public byte[] Data { get; private set; }

    public int Start { get; private set; }

    /// <summary>The end of the bytes, once the writer has gone on to <see cref="Next"/>.</summary>
    public int End;

    /// <summary>The block after this one. Written before the bytes in it are published.</summary>
    public Block? Next;

    /// <summary>The block is the payload of one frame, whose header ends the block before.</summary>
    public bool IsPayload { get; private set; }

    public ref Msg Payload => ref _payload;

    /// <summary>A new block of wire bytes, for the pool; pinned, so that the kernel can be given its address.</summary>
    public static Block Allocate(int size) => new(GC.AllocateUninitializedArray<byte>(size, pinned: true));

    public static Block AllocateShell() => new([]) { IsPayload = true };

    /// <summary>Starts the life of a block that came from the pool.</summary>
    public void Begin()
    {
        End = Open;
        Next = null;
        Reset(PipeHold);
    }

    /// <summary>Takes a frame whose buffer becomes the block.</summary>
    public void Hold(ref Msg payload)
    {
        _payload = payload;
        payload.InitEmpty();
        Data = _payload.Data!;
        Start = _payload.Offset;
        End = _payload.Offset + _payload.Size;
        Next = null;
        Reset(1);
    }

    /// <summary>Gives the frame away; the block is empty then, and is to be released.</summary>
    public void Detach(ref Msg into)
    {
        into = _payload;
        _payload = default;
    }

    protected override void Free()
    {
        Next = null;
        if (IsPayload)
        {
            if (_payload.IsInitialised)
            {
                _payload.Close();
            }

            Data = [];
        }

        BlockPool.Return(this);
    }
}
