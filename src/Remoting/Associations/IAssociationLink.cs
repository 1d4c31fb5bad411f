using Actors.Zmtp;

namespace Actors.Remoting.Associations;

/// <summary>The way to the other node of an association; for the thread of the loop.</summary>
internal interface IAssociationLink
{
    /// <summary>Sends a message of one frame. The frame is the caller's again when the method returns, if it is smaller than 16 KiB.</summary>
    SendResult Send(ReadOnlyMemory<byte> frame);

    /// <summary>Sends a message of two frames. What is larger than 16 KiB must not change any more.</summary>
    SendResult Send(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second);

    /// <summary>Ends the connection once what was sent has left, within the linger time. Later calls do nothing.</summary>
    void Close();
}
