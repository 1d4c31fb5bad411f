using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Actors.Streams.Stages;

/// <summary>A sink into a role that sends. The stage is a producer of the role, and pulls as many messages as the role has granted.</summary>
/// <param name="name">The role's name.</param>
/// <param name="stage">The stage's name.</param>
/// <param name="role">Props of the role.</param>
/// <param name="limit">The time that the role has at the end to send what it has.</param>
/// <param name="linger">The time that its sockets have after that.</param>
internal sealed class OutboundStage(string name, string stage, Func<Props> role, TimeSpan limit, TimeSpan linger) : GraphStageWithMaterializedValue<SinkShape<Message>, SinkRole>
{
    private readonly Inlet<Message> _in = new($"{stage}.in");

    public override SinkShape<Message> Shape => new(_in);

    protected override Attributes InitialAttributes { get; } = Attributes.CreateName(stage);

    public override ILogicAndMaterializedValue<SinkRole> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var run = new SinkRole(name);
        return new LogicAndMaterializedValue<SinkRole>(new OutboundLogic(_in, Shape, role, limit, linger, run), run);
    }
}
