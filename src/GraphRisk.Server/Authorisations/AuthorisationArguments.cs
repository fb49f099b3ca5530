using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Authorisations;

/// <summary>The arguments that say what an authorisation says.</summary>
internal static class AuthorisationArguments
{
    private const int LongestDocument = 200;

    private static readonly ImmutableArray<string> OfBrokers = [.. PurposeCatalog.Default.For(Role.Broker).Select(purpose => purpose.Id)];

    public static QueryArgument Scope => TypeExpression.Argument("scope", "AuthorisationScope!", "What the broker may learn.");

    public static QueryArgument Purposes => TypeExpression.Argument(
        "purposes", "[String!]!", $"What for, at least one of {string.Join(", ", OfBrokers)}.");

    public static QueryArgument GivenOn => TypeExpression.Argument("givenOn", "Date!", "First day in force, as the document says: not a day to come, and within the last year.");

    public static QueryArgument ExpiresOn => TypeExpression.Argument("expiresOn", "Date", "Last day in force; null for until it is withdrawn.");

    /// <summary>Reads the day of a document: it was signed before it is filed, and who signed one more than a year ago is asked again.</summary>
    /// <exception cref="Http.TypedError">It lies ahead, or too far back.</exception>
    public static DateOnly ReadGivenOn(IResolveFieldContext context, DateOnly today)
    {
        var givenOn = context.GetArgument<DateOnly>("givenOn");
        if (givenOn > today) throw Problem.BadInput("givenOn", FormattableString.Invariant($"is a day to come: today is {today:yyyy-MM-dd}."));
        return givenOn >= today.AddYears(-1) ? givenOn : throw Problem.BadInput("givenOn", FormattableString.Invariant($"lies before {today.AddYears(-1):yyyy-MM-dd}: a document of more than a year ago is to be signed anew."));
    }

    /// <summary>Reads the terms.</summary>
    /// <param name="context">The request.</param>
    /// <param name="givenOn">First day in force.</param>
    /// <param name="mustLast">Day on or after which the last day must lie.</param>
    /// <exception cref="Http.TypedError">An argument cannot be.</exception>
    public static AuthorisationTerms Read(IResolveFieldContext context, DateOnly givenOn, DateOnly mustLast)
    {
        var expiresOn = context.GetArgument<DateOnly?>("expiresOn");
        if (expiresOn < mustLast) throw Problem.BadInput("expiresOn", $"must not lie before {mustLast:yyyy-MM-dd}.");
        return new AuthorisationTerms(
            AuthorisationScopes.Find(context.GetArgument<string>("scope"))!.Value, ReadPurposes(context), givenOn, expiresOn, ReadDocument(context));
    }

    private static ImmutableArray<string> ReadPurposes(IResolveFieldContext context)
    {
        var asked = context.GetArgument<List<string>>("purposes");
        if (asked.Count == 0 || asked.Exists(purpose => !OfBrokers.Contains(purpose)))
            throw Problem.BadInput("purposes", $"must name at least one of {string.Join(", ", OfBrokers)}, and nothing else.");
        return [.. OfBrokers.Where(asked.Contains)];
    }

    private static string? ReadDocument(IResolveFieldContext context)
    {
        if (context.GetArgument<string?>("document")?.Trim() is not { } document) return null;
        if (document.Length is 0 or > LongestDocument || document.Any(char.IsControl))
            throw Problem.BadInput("document", $"must have 1 to {LongestDocument} characters in one line.");
        return document;
    }
}
