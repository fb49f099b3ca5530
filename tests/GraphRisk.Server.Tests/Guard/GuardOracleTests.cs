using System.Text;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using GraphRisk.Server.Guard;

namespace GraphRisk.Server.Tests.Guard;

public class GuardOracleTests
{
    [Test]
    public void TheGuardCountsWhatWritingOutEveryFragmentCounts()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var query = new RandomQueries(seed).Next();
            AssertExactlyAtTheLimits(query, NaiveQueryCost.Of(Parser.Parse(query)), $"seed {seed}: {query}");
        }
    }

    // Whatever the parser can read the guard must have measured: a mutation both accept has the same costs.
    [Test]
    public void TheGuardNeverUndercountsADocumentTheParserAccepts()
    {
        var (accepted, stricter) = (0, 0);
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new RandomQueries(seed);
            var query = random.Mutate(random.Next());
            if (QueryGuard.Inspect(Encoding.UTF8.GetBytes(query), QueryLimits.Default).Refusal is { } refusal)
            {
                if (refusal.Code == GuardCodes.SyntaxError && Parse(query) is not null) stricter++;
                continue;
            }
            if (Parse(query) is not { } document) continue;
            accepted++;
            AssertExactlyAtTheLimits(query, NaiveQueryCost.Of(document), $"seed {seed}: {query}");
        }
        Assert.That(accepted, Is.GreaterThan(500), "the mutations should leave some documents readable");
        Assert.That(stricter, Is.LessThan(50), "the guard should rarely refuse what the parser reads");
    }

    private static GraphQLDocument? Parse(string query)
    {
        try
        {
            return Parser.Parse(query);
        }
        catch (GraphQLSyntaxErrorException)
        {
            return null;
        }
    }

    private static void AssertExactlyAtTheLimits(string query, NaiveQueryCost cost, string because)
    {
        var exact = QueryLimits.Default with
        {
            MaxFields = cost.Fields, MaxAliases = cost.Aliases, MaxSpreads = cost.Spreads, MaxDepth = cost.Depth, MaxMergePairs = cost.Pairs,
        };
        Assert.That(CodeOf(query, exact), Is.Null, because);
        Assert.That(CodeOf(query, exact with { MaxFields = cost.Fields - 1 }), Is.EqualTo(GuardCodes.TooManyFields), because);
        Assert.That(CodeOf(query, exact with { MaxAliases = cost.Aliases - 1 }), Is.EqualTo(GuardCodes.TooManyAliases), because);
        Assert.That(CodeOf(query, exact with { MaxSpreads = cost.Spreads - 1 }), Is.EqualTo(GuardCodes.TooManySpreads), because);
        Assert.That(CodeOf(query, exact with { MaxDepth = cost.Depth - 1 }), Is.EqualTo(GuardCodes.TooDeep), because);
        Assert.That(CodeOf(query, exact with { MaxMergePairs = cost.Pairs - 1 }), Is.EqualTo(GuardCodes.TooManyDuplicates), because);
    }

    private static string? CodeOf(string query, QueryLimits limits) =>
        QueryGuard.Inspect(Encoding.UTF8.GetBytes(query), limits).Refusal?.Code;
}
