namespace Actors.Hocon.Tests;

/// <summary>Groups of texts that mean the same, after the manner of the specification's own "is equivalent to".</summary>
public class EquivalentTexts
{
    public static TheoryData<string, string> Pairs { get; } = new()
    {
        // Braces, separators and commas.
        { "{ a : 1 }", "a = 1" },
        { "a { b : 1 }", "a : { b : 1 }" },
        { "a = {}", "a {\n}" },
        { "a : [1,2,3,]", "a : [1,2,3]" },
        { "a : [1\n2\n3]", "a : [1,2,3]" },
        { "a : [\n1,\n\n2\n,3\n]", "a : [1,2,3]" },
        { "a : 1, b : 2,", "a : 1\nb : 2" },
        { "a : 1\n\n\n, b : 2", "a : 1\nb : 2" },
        { "a\n:\n1", "a : 1" },
        { "a\n{ b : 1 }", "a { b : 1 }" },
        { "\ufeffa : 1", "a : 1" },
        { "a : 1\r\nb : 2\r\n", "a : 1\nb : 2" },
        { "a\u00a0:\u20031", "a : 1" },

        // Comments.
        { "# x\na : 1 # y\n// z\nb : 2 // w", "a : 1, b : 2" },
        { "a : [ 1, # one\n 2 // two\n ]", "a : [1, 2]" },
        { "a : \"# not // one\"", "a : \"#\\u0020not \\/\\/ one\"" },
        { "a : b#c", "a : b" },

        // Duplicate keys.
        { "foo : { a : 42 }, foo : { b : 43 }", "foo : { a : 42, b : 43 }" },
        { "foo : { a : 42 }, foo : null, foo : { b : 43 }", "foo : { b : 43 }" },
        { "a : 1, a : 2", "a : 2" },
        { "a : { b : { c : 1 } }, a : { b : { d : 2 } }", "a.b { c : 1, d : 2 }" },
        { "a : { b : 1 }, a : 2", "a : 2" },
        { "a : 2, a : { b : 1 }", "a : { b : 1 }" },

        // Keys that are paths.
        { "foo.bar : 42", "foo { bar : 42 }" },
        { "foo.bar.baz : 42", "foo { bar { baz : 42 } }" },
        { "a.x : 42, a.y : 43", "a { x : 42, y : 43 }" },
        { "a b c : 42", "\"a b c\" : 42" },
        { "true : 42", "\"true\" : 42" },
        { "3.14 : 42", "3 { 14 : 42 }" },
        { "10.0foo : 1", "\"10\" { \"0foo\" : 1 }" },
        { "foo10.0 : 1", "foo10 { 0 : 1 }" },
        { "foo\"10.0\" : 1", "\"foo10.0\" : 1" },
        { "a.\"b.c\".d : 1", "a { \"b.c\" { d : 1 } }" },
        { "a.\"\".b : 1", "a { \"\" { b : 1 } }" },
        { "foo include : 42", "\"foo include\" : 42" },
        { "\"include\" : 42", "\"include\" = 42" },
        { "/user/a : 1", "\"/user/a\" : 1" },

        // Concatenation.
        { "a :  foo bar  baz ", "a : \"foo bar  baz\"" },
        { "a : foo\"bar\"baz", "a : foobarbaz" },
        { "a : true foo", "a : \"true foo\"" },
        { "a : 1 2", "a : \"1 2\"" },
        { "a : null x", "a : \"null x\"" },
        { "a : truefoo, b : 10.0bar, c : bar10.0", "a : \"truefoo\", b : \"10.0bar\", c : \"bar10.0\"" },
        { "a : include", "a : \"include\"" },
        { "a : [ a b, c ]", "a : [\"a b\", \"c\"]" },
        { "a : { b : 1 } { c : 2 }", "a : { b : 1, c : 2 }" },
        { "a : { b : 1 }{ b : 2 }", "a : { b : 2 }" },
        { "a : [1] [2, 3]", "a : [1, 2, 3]" },
        { "a : [ [1, 2] [3, 4] ]", "a : [ [1, 2, 3, 4] ]" },
        { "a : a/b//c", "a : a/b" },
        { "a : x-y_z/9.5", "a : \"x-y_z/9.5\"" },
        { "a : 0755", "a : \"0755\"" },
        { "a : on, b : yes", "a : \"on\", b : \"yes\"" },

        // Strings.
        { "a : \"\\u0041\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "a : \"A\\u000a\\u0009\\u0022\\u005c\\u002f\\u0008\\u000c\\u000d\"" },
        { "a : \"\"\"x\"\"\"", "a : \"x\"" },
        { "a : \"\"\"x\ny\"\"\"", "a : \"x\\ny\"" },
        { "a : \"\"\"\\n\"\"\"", "a : \"\\\\n\"" },
        { "a : \"\"\"say \"hi\"\"\"\"", "a : \"say \\\"hi\\\"\"" },
        { "a : \"\"\"\"\"\"", "a : \"\"" },
        { "a : 消息 群发", "a : \"消息 群发\"" },

        // Substitutions.
        { "a : ${b}, b : 1", "a : 1, b : 1" },
        { "a : ${b.c}, b { c : [1] }", "a : [1], b { c : [1] }" },
        { "a : x ${b} y, b : 1", "a : x 1 y, b : 1" },
        { "a : ${b}${c}, b : 1, c : 2", "a : \"12\", b : 1, c : 2" },
        { "a : ${?nothing-like-this}", "{}" },
        { "a : 5, a : ${?nothing-like-this}", "a : 5" },
        { "a : x${?nothing-like-this}y", "a : xy" },
        { "a : [ ${?nothing-like-this}, 1 ]", "a : [1]" },
        { "a : { b : 1 } ${?nothing-like-this}", "a : { b : 1 }" },
        { "a : ${?nothing-like-this} [1]", "a : [1]" },
        { "a : ${?nothing-like-this}${?nor-this}", "{}" },
        { "a : ${b} { x : 1 }, b : { x : 0, y : 2 }", "a : { x : 1, y : 2 }, b : { x : 0, y : 2 }" },
        { "a : { x : 1 } ${b}, b : { x : 0, y : 2 }", "a : { x : 0, y : 2 }, b : { x : 0, y : 2 }" },
        { "a : ${b} [2], b : [1]", "a : [1, 2], b : [1]" },
        { "a : ${\"b.c\"}, \"b.c\" : 1", "a : 1, \"b.c\" : 1" },
        { "a : ${ b }, b : 1", "a : 1, b : 1" },
        { "a : [${b}, ${b}], b : { c : 1 }", "a : [{ c : 1 }, { c : 1 }], b : { c : 1 }" },
        { "a : [ ${b} { d : 2 } ], b : { c : 1 }", "a : [{ c : 1, d : 2 }], b : { c : 1 }" },
        { "a : ${b}, b : 1, b : 2", "a : 2, b : 2" },
        { "a : [1] ${b}, b { 1 : 3, 0 : 2, x : 4 }", "a : [1, 2, 3], b { 1 : 3, 0 : 2, x : 4 }" },
        { "a : ${b} [1], b { 7 : 0 }", "a : [0, 1], b { 7 : 0 }" },
        { "a : \"${b}\"", "a : \"$\"\"{b}\"" },

        // Appending.
        { "a += 1", "a : [1]" },
        { "a : [1], a += 2, a += 3", "a : [1, 2, 3]" },
        { "a : [1], a += [2]", "a : [1, [2]]" },
        { "a { 1 : y, 0 : x }, a += z", "a : [x, y, z]" },
        { "a : ${b}, a += 2, b : [1]", "a : [1, 2], b : [1]" },
        { "a += 1, a : ${a} [2]", "a : [1, 2]" },
        { "a { b += { c : 1 } }", "a.b : [{ c : 1 }]" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Mean_the_same(string text, string same) =>
        Texts.AssertSame(Texts.Parse(same), Texts.Parse(text), text);

    [Theory]
    [InlineData("a : 1", "a : \"1\"")]
    [InlineData("a : true", "a : \"true\"")]
    [InlineData("a : [1, 2]", "a : [2, 1]")]
    [InlineData("a : 1", "a : 1, b : 2")]
    [InlineData("a : foo bar", "a : foo  bar")]
    public void Different_texts_differ(string text, string other) =>
        Assert.False(Texts.Same(Texts.Parse(text), Texts.Parse(other)));
}
