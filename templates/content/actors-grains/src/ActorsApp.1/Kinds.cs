using Actors.Grains;

namespace ActorsApp._1;

/// <summary>The kinds of grains that this service hosts.</summary>
public static class Kinds
{
    public static GrainsBuilder AddKinds(this GrainsBuilder grains) => grains.Add<Account>();
}
