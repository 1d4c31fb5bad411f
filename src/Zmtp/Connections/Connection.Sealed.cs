using System.Net.Sockets;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Connections;

/// <summary>The two loops of a connection whose traffic is sealed.</summary>
internal sealed partial class Connection
{
    private SealedOutput? _sealedOutput;
    private SealedInput? _sealedInput;

    /// <summary>After the handshake: from now on all traffic is sealed, if the mechanism does that.</summary>
    private void BeginSealing()
    {
        if (_handshake.Traffic is { } traffic)
        {
            // What the handshake has left to send goes as it is.
            _sealedOutput = new SealedOutput(traffic, _control.Unsent, _pipe.Outbound.BeginFrames());
            _control.Sent(_control.Unsent.Count);
            _sealedInput = new SealedInput(traffic, _settings.MaxMessageSize);
        }
    }

    private void SendSealed(SealedOutput output)
    {
        OutboundQueue outbound = _pipe.Outbound;
        for (int round = 0; round < SendRounds && Reason is null; round++)
        {
            if (output.IsEmpty)
            {
                _pipe.Subscriptions?.WriteChanges(Revision, _control);
                output.Fill(outbound, _control);
            }

            if (output.IsEmpty)
            {
                if (outbound.WaitForMessage())
                {
                    return;
                }

                if (outbound.IsAtEnd)
                {
                    _owner.OnAllSent();
                    return;
                }

                continue;
            }

            _pieces[0] = output.Unsent;
            long sent = _stream.Send(_pieces.AsSpan(0, 1), out SocketError error);
            if (sent == 0)
            {
                SendFailed(error);
                return;
            }

            output.Sent((int)sent, outbound);
        }

        if (Reason is null)
        {
            // More is there, but others wait too.
            _sendBlocked = true;
        }
    }

    private void ReceiveSealed(SealedInput input)
    {
        InboundQueue inbound = _pipe.Inbound;
        for (int round = 0; round < ReceiveRounds; round++)
        {
            if (inbound.IsFull && inbound.WaitForRoom())
            {
                _receivePaused = true;
                break;
            }

            Memory<byte> memory = input.GetMemory();
            int count = _stream.Receive(memory, out SocketError error);
            if (count == 0)
            {
                EndOfStream(error);
                break;
            }

            _heartbeat?.OnReceived();
            input.Received(count);
            TakeSealed(input);
            if (Reason is not null || count < memory.Length)
            {
                break;
            }
        }

        if (Reason is null && !_control.IsEmpty && !_sendBlocked)
        {
            Send();
        }
    }

    /// <summary>Opens what has arrived whole; a peer that breaks a rule is left without a word, as the specification asks.</summary>
    private void TakeSealed(SealedInput input)
    {
        if (input.Open(_pipe.Inbound) || Reason is not null)
        {
            return;
        }

        if (input.Error is { } error)
        {
            Close(new CloseReason(CloseKind.Protocol, $"the peer broke a rule of CURVE: {error}"));
        }
        else
        {
            CloseForProtocol(_pipe.Inbound);
        }
    }
}
