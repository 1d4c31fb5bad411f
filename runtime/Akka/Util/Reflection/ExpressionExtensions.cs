using System.Linq.Expressions;

namespace Akka.Util.Reflection;

public static class ExpressionExtensions
{
    /// <summary>The values of a constructor call's arguments, computed now.</summary>
    public static object[] GetArguments(this NewExpression newExpression)
    {
        var values = new object[newExpression.Arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(newExpression.Arguments[i])!;
        return values;
    }

    private static object? Evaluate(Expression expression)
    {
        // Constants and captured variables are the usual arguments; they need no compiled lambda.
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: System.Reflection.FieldInfo field } member:
                return field.GetValue(member.Expression is null ? null : Evaluate(member.Expression));
            default:
                return Expression.Lambda(expression).Compile(preferInterpretation: true).DynamicInvoke();
        }
    }
}
