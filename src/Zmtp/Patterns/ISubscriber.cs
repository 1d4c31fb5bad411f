using Actors.Zmtp.Connections;

namespace Actors.Zmtp.Patterns;

/// <summary>A pattern whose peers are told what it subscribes to. Called from any thread.</summary>
internal interface ISubscriber
{
    ISubscriptionSource CreateSource(Session session);

    void RemoveSource(ISubscriptionSource source);
}
