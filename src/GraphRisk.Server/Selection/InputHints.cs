using System.Text.RegularExpressions;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;

namespace GraphRisk.Server.Selection;

/// <summary>
/// Says beside a refusal what to write instead: where a filter or an order was given as other servers take it, <c>industry: "x"</c> or
/// <c>orderBy: DEBT_DESC</c>; where a name is none of its list, the list; where a day or an instant is written otherwise, how it is written; where an input has no field of a name, which it has.
/// </summary>
internal sealed partial class InputHints : DocumentExecutionListenerBase
{
    public override Task AfterValidationAsync(IExecutionContext context, IValidationResult validationResult)
    {
        if (validationResult.IsValid) return Task.CompletedTask;
        var hints = validationResult.Errors.SelectMany(error => HintsOf(error.Message, context.Schema).Concat(error is ValidationError of ? UnknownFields.HintsOf(of, context) : [])).Distinct(StringComparer.Ordinal).ToList();
        validationResult.Errors.AddRange(hints.Select(hint => new ValidationError(hint)));
        return Task.CompletedTask;
    }

    /// <summary>What to write instead of what a message refuses.</summary>
    private static IEnumerable<string> HintsOf(string message, ISchema schema)
    {
        foreach (Match match in Named().Matches(message))
            if (schema.AllTypes[match.Groups["type"].Value] is { } expected && WordsOf(expected) is { } words) yield return words;
        foreach (Match match in Given().Matches(message))
        {
            if (schema.AllTypes[match.Groups["type"].Value] is not InputObjectGraphType { Fields.Count: > 0 } type) continue;
            var field = match.Groups["field"].Success ? match.Groups["field"].Value : match.Groups["argument"].Value;
            var first = type.Fields.First().Name;
            if (type.Name.EndsWith("Order", StringComparison.Ordinal)) yield return $"Write orderBy: [{{ {first}: DESC }}], with the field you mean in the place of '{first}'.";
            else if (type.Name.EndsWith("Filter", StringComparison.Ordinal)) yield return $"Write {field}: {{ {first}: … }}: a filter names its operator.";
        }
    }

    /// <summary>What can be written where a value of a type is expected; null where the type's name says it.</summary>
    private static string? WordsOf(IGraphType type) => type switch
    {
        EnumerationGraphType names => $"{names.Name} is one of {string.Join(", ", names.Values.Select(value => value.Name))}.",
        Scalars.DateType or Scalars.InstantScalar or Scalars.DecimalType => $"{type.Name}: {type.Description}",
        _ => null,
    };

    [GeneratedRegex(@"(?:Expected type|to the scalar type|' to) '(?<type>\w+)[!\]]*'")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?:Argument '(?<argument>\w+)' has invalid value\. )?(?:In field '(?<field>\w+)': \[)?Expected '(?<type>\w+)', found not an object|(?<type>\w+(?:Filter|Order))(?<argument>)' type")]
    private static partial Regex Given();
}
