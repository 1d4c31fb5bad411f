namespace Actors.Zmtp.Pipes;

/// <summary>A place between the frames of an <see cref="OutboundQueue"/>, ahead of what was sent.</summary>
internal struct FrameCursor(Block block, int position, long bytes)
{
    public Block Block = block;
    public int Position = position;
    public long Bytes = bytes;
}
