namespace Actors.Grains;

/// <summary>Makes an interface one of grains, and names its kind on the wire, in the store and in the cluster.</summary>
/// <param name="kind">1 to 100 characters of <c>a-z A-Z 0-9 . _ -</c>. It stays when the interface is renamed.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class GrainAttribute(string kind) : Attribute
{
    /// <summary>The kind.</summary>
    public string Kind => kind;
}

/// <summary>Names a method on the wire. The default is the method's own name; overloads need one each.</summary>
/// <param name="name">1 to 100 characters of <c>a-z A-Z 0-9 . _ -</c>. It stays when the method is renamed.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AliasAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name => name;
}

/// <summary>Marks a method that changes nothing. Such calls of one grain run beside each other, and beside no other call.</summary>
/// <remarks>Its result is not kept for repeats: a repeat by id reads again.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>
/// Lets all calls of one grain run beside each other: another call may run at each <c>await</c>. Still, one thread at a time
/// runs the grain's code.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>A kind without identity: each node has activations of its own, as many as the calls need, and runs them in parallel.</summary>
/// <param name="maxLocal">The most activations of one key on a node. Default 0: as many as there are processors.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocal = 0) : Attribute
{
    /// <summary>The most activations of one key on a node; 0 for as many as there are processors.</summary>
    public int MaxLocal => maxLocal;
}
