using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>DISH (RFC 48): receives what RADIO peers send to the groups that it has joined; <see cref="Msg.Group"/> says to which.</summary>
public class DishSocket : ThreadSafeSocket, IGroupInSocket
{
    /// <summary>A socket without endpoints, in no group.</summary>
    public DishSocket()
        : base(ZmqSocketType.Dish)
    {
    }

    /// <summary>Joins a group: from then on what peers send to exactly this name is received.</summary>
    /// <exception cref="InvalidException">The group was joined before, or is no name of at most 255 bytes without a zero.</exception>
    public void Join(string group) => Use(pattern => ((DishPattern)pattern).Join(group));

    /// <summary>Leaves a group.</summary>
    /// <exception cref="InvalidException">The group was not joined.</exception>
    public void Leave(string group) => Use(pattern => ((DishPattern)pattern).Leave(group));
}
