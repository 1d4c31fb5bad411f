namespace Actors.Zmtp.Pipes;

/// <summary>
/// The payload of a large frame, received into memory of its own, which grows with what arrives, so that a size that a
/// peer only claims costs next to nothing.
/// </summary>
internal sealed partial class InboundQueue
{
    /// <summary>As much memory is taken for a large frame that is only announced; for later ones as much as one of the same peer has filled.</summary>
    private const int FirstLargePart = 64 * 1024;

    private const int MostLargePart = 4 * 1024 * 1024;

    private Msg _large;
    private bool _inLarge;
    private int _largeSize;
    private int _largeReceived;
    private bool _largeMore;
    private int _largePart = FirstLargePart;

    private void BeginLarge(int position, int header, bool more)
    {
        int body = position + header;
        int arrived = _received - body;
        _largeMore = more;
        _inLarge = true;
        _large = default;
        _large.InitPool(Math.Min(_largeSize, Math.Max(_largePart, arrived)));
        _data.AsSpan(body, arrived).CopyTo(_large.Slice());
        _largeReceived = arrived;
        // The header stays as the end of this block.
        _received = _frame = body;
    }

    private void ContinueLarge()
    {
        if (_largeReceived < _largeSize)
        {
            if (_largeReceived == _large.Size)
            {
                Msg larger = default;
                larger.InitPool((int)Math.Min(_largeSize, 2L * _large.Size));
                _large.Slice().CopyTo(larger.Slice());
                _large.Close();
                _large = larger;
            }

            return;
        }

        Block payload = BlockPool.RentShell();
        payload.Hold(ref _large);
        _inLarge = false;
        _largePart = Math.Clamp(_largeSize, _largePart, Math.Max(_largePart, MostLargePart));
        _bytesBefore += _received + _largeSize;
        _block.End = _received;
        _block.Next = payload;
        Block next = BlockPool.Rent(LeastRoom);
        payload.Next = next;
        Enter(next);
        if (!_largeMore)
        {
            _messages++;
            _messageBlock = next;
            _messagePosition = 0;
        }
        else
        {
            CheckUnfinished();
        }
    }

    private void DropLarge()
    {
        if (_inLarge)
        {
            _inLarge = false;
            _large.Close();
        }
    }
}
