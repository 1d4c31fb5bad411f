using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary>Collects values that are written next to each other, and makes one value of them.</summary>
internal sealed class ConcatenationBuilder(Origin origin)
{
    private List<Node>? _pieces;
    private Node? _first;
    private bool _anyText;
    private bool _anyArray;
    private bool _anyObject;
    private bool _anySubstitution;

    public void Add(Node piece)
    {
        if (piece is LiteralNode { IsWhitespace: true } && _first is null)
        {
            return;
        }

        switch (piece)
        {
            case LiteralNode literal:
                _anyText |= !literal.IsWhitespace;
                break;
            case ArrayNode:
                _anyArray = true;
                break;
            case ObjectNode:
                _anyObject = true;
                break;
            default:
                _anySubstitution = true;
                break;
        }

        if ((_anyText ? 1 : 0) + (_anyArray ? 1 : 0) + (_anyObject ? 1 : 0) > 1)
        {
            throw HoconFormatException.AtColumn(
                piece.Origin,
                $"found {piece.Describe()} next to {_first!.Describe()}: only values of one kind can be concatenated; expected ',' or a new line between them, or quotes around text");
        }

        if (_first is null)
        {
            _first = piece;
        }
        else
        {
            (_pieces ??= [_first]).Add(piece);
        }
    }

    /// <returns>Null when there was no value.</returns>
    public Node? Build()
    {
        if (_pieces is not null)
        {
            while (_pieces.Count > 0 && _pieces[^1] is LiteralNode { IsWhitespace: true })
            {
                _pieces.RemoveAt(_pieces.Count - 1);
            }
        }

        if (_first is null || _pieces is null || _pieces.Count == 1)
        {
            return _first;
        }

        if (_anyObject)
        {
            return BuildObject();
        }

        if (_anySubstitution)
        {
            return new ConcatenationNode(origin, _anyArray ? WithoutWhitespace() : _pieces);
        }

        return _anyArray ? BuildArray() : BuildText();
    }

    private List<Node> WithoutWhitespace() => _pieces!.FindAll(static p => p is not LiteralNode);

    private LayersNode BuildObject()
    {
        var layers = new FieldNode("");
        foreach (var piece in WithoutWhitespace())
        {
            if (piece is SubstitutionNode substitution)
            {
                substitution.MustBeObject = true;
            }

            layers.Assign(piece, origin);
        }

        return new LayersNode(origin, layers);
    }

    private ArrayNode BuildArray()
    {
        var items = new List<Node>();
        foreach (var piece in _pieces!)
        {
            if (piece is ArrayNode array)
            {
                items.AddRange(array.Items);
            }
        }

        return new ArrayNode(origin, items);
    }

    private LiteralNode BuildText()
    {
        var text = new StringBuilder();
        var isQuoted = false;
        foreach (var piece in _pieces!)
        {
            text.Append(((LiteralNode)piece).Text);
            isQuoted |= ((LiteralNode)piece).IsQuoted;
        }

        return new LiteralNode(origin, ScalarKind.String, text.ToString(), isQuoted);
    }
}
