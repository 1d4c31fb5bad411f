using System.Text;

namespace Actors.Zmtp;

/// <summary>What sending and receiving take when the caller says nothing.</summary>
public static class SendReceiveConstants
{
    /// <summary>The encoding of text: UTF-8 without a byte order mark.</summary>
    public static readonly Encoding DefaultEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Waits without end.</summary>
    public static readonly TimeSpan InfiniteTimeout = TimeSpan.FromMilliseconds(-1);
}
