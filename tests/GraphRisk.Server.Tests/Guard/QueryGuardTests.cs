using System.Text;
using GraphRisk.Server.Guard;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Guard;

public class QueryGuardTests
{
    private static QueryLimits Unbounded { get; } = new()
    {
        MaxQueryBytes = int.MaxValue, MaxTokens = int.MaxValue - 1, MaxNesting = int.MaxValue, MaxDepth = int.MaxValue,
        MaxOperations = int.MaxValue, MaxFragments = int.MaxValue, MaxFields = int.MaxValue, MaxAliases = int.MaxValue,
        MaxSpreads = int.MaxValue, MaxMergePairs = int.MaxValue, MaxDirectives = int.MaxValue,
    };

    private static string? CodeOf(string query, QueryLimits limits) =>
        QueryGuard.Inspect(Encoding.UTF8.GetBytes(query), limits).Refusal?.Code;

    [TestCase("5,000 levels", GuardCodes.TooDeep)]
    [TestCase("5,000 levels of list values", GuardCodes.TooDeep)]
    [TestCase("20,000 duplicate fields", GuardCodes.QueryTooLarge)]
    [TestCase("25 fragments each spread twice by its predecessor", GuardCodes.TooManySpreads)]
    [TestCase("1,000 overlapping fragments", GuardCodes.TooManySpreads)]
    [TestCase("500 aliases", GuardCodes.TooManyAliases)]
    public void AHostileQueryIsRefusedByTheDefaultLimits(string name, string code) =>
        Assert.That(CodeOf(HostileQueries.ByName[name], QueryLimits.Default), Is.EqualTo(code));

    [Test]
    public void RefusingAHostileQueryAllocatesLessThanAMegabyte()
    {
        Assert.Multiple(() =>
        {
            foreach (var (name, query) in HostileQueries.ByName)
            {
                var bytes = Encoding.UTF8.GetBytes(query);
                QueryGuard.Inspect(bytes, QueryLimits.Default);
                var before = GC.GetAllocatedBytesForCurrentThread();
                QueryGuard.Inspect(bytes, QueryLimits.Default);
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20), name);
            }
        });
    }

    // Each limit is the only one in force, so each is shown to hold by itself.
    private static IEnumerable<TestCaseData> LimitsAlone()
    {
        static TestCaseData Case(string code, string below, string above, QueryLimits limits) =>
            new TestCaseData(below, above, limits, code).SetArgDisplayNames(code);
        yield return Case(GuardCodes.QueryTooLarge, "{abcde}", "{abcdef}", Unbounded with { MaxQueryBytes = 7 });
        yield return Case(GuardCodes.TooManyTokens, "{a b c}", "{a b c d}", Unbounded with { MaxTokens = 5 });
        yield return Case(GuardCodes.TooDeep, "{a{b(x:[1])}}", "{a{b(x:[[1]])}}", Unbounded with { MaxNesting = 4 });
        yield return Case(GuardCodes.TooDeep, "{a{...F}} fragment F on T {b{c}}", "{a{...F}} fragment F on T {b{c{d}}}", Unbounded with { MaxDepth = 3 });
        yield return Case(GuardCodes.TooManyOperations, "query A{a} query B{a}", "query A{a} query B{a} query C{a}", Unbounded with { MaxOperations = 2 });
        yield return Case(GuardCodes.TooManyFragments, "{a} fragment F on T{a}", "{a} fragment F on T{a} fragment G on T{a}", Unbounded with { MaxFragments = 1 });
        yield return Case(GuardCodes.TooManyFields, "{...F ...F} fragment F on T{a b}", "{...F ...F} fragment F on T{a b c}", Unbounded with { MaxFields = 4 });
        yield return Case(GuardCodes.TooManyAliases, "{...F ...F} fragment F on T{x:a}", "{...F ...F ...F} fragment F on T{x:a}", Unbounded with { MaxAliases = 2 });
        yield return Case(GuardCodes.TooManySpreads, "{...F ...F} fragment F on T{a}", "{...F ...F ...F} fragment F on T{a}", Unbounded with { MaxSpreads = 2 });
        yield return Case(GuardCodes.TooManyDuplicates, "{a a a b}", "{a a a a}", Unbounded with { MaxMergePairs = 3 });
        yield return Case(GuardCodes.TooManyDirectives, "{a @x(v:1) @y}", "query($v:Int @x){a @y @z}", Unbounded with { MaxDirectives = 2 });
    }

    [TestCaseSource(nameof(LimitsAlone))]
    public void AQueryAtALimitPassesAndOnePastItIsRefused(string below, string above, QueryLimits limits, string code)
    {
        Assert.That(CodeOf(below, limits), Is.Null);
        Assert.That(CodeOf(above, limits), Is.EqualTo(code));
    }

    [Test]
    public void FieldsOfFragmentsThatDoubleAreCountedWithoutBeingExpanded() =>
        Assert.That(CodeOf(HostileQueries.DoublingFragments(5_000), Unbounded with { MaxSpreads = 1_000 }), Is.EqualTo(GuardCodes.TooManySpreads));

    [TestCase("{...A} fragment A on T{...A}")]
    [TestCase("{a} fragment A on T{b{...B}} fragment B on T{...on T{...C}} fragment C on T{...A}")]
    public void AFragmentThatSpreadsItselfIsRefused(string query) =>
        Assert.That(CodeOf(query, QueryLimits.Default), Is.EqualTo(GuardCodes.FragmentCycle));

    [Test]
    public void TwoFragmentsOfOneNameAreRefused() =>
        Assert.That(CodeOf("{...A} fragment A on T{a} fragment A on T{b}", QueryLimits.Default), Is.EqualTo(GuardCodes.DuplicateFragment));

    [TestCase("")]
    [TestCase("# only a comment")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("{a}}")]
    [TestCase("{a(}")]
    [TestCase("{a:}")]
    [TestCase("{...}")]
    [TestCase("{..}")]
    [TestCase("{8f}")]
    [TestCase("{a(x:\"open)}")]
    [TestCase("{a(x:\"\"\"open)}")]
    [TestCase("type T {a:Int}")]
    [TestCase("fragment on on T{a}")]
    [TestCase("query Q")]
    [TestCase("{a \u0001}")]
    public void WhatCanNotBeReadIsASyntaxError(string query) =>
        Assert.That(CodeOf(query, QueryLimits.Default), Is.EqualTo(GuardCodes.SyntaxError));

    [Test]
    public void BytesThatAreNotUtf8AreASyntaxError() =>
        Assert.That(QueryGuard.Inspect([(byte)'{', 0xC3, (byte)'}'], QueryLimits.Default).Refusal?.Code, Is.EqualTo(GuardCodes.SyntaxError));

    [Test]
    public void ARefusalNamesLineAndColumn()
    {
        var refusal = QueryGuard.Inspect("{\n  a\n  ?\n}"u8, QueryLimits.Default).Refusal;
        Assert.That((refusal?.Line, refusal?.Column), Is.EqualTo((3, 3)));
    }

    [TestCase("{ __type(name: \"Run🏃Swim🏊\") { name } }")]
    [TestCase("{ a(x: \"\"\"block \\\"\"\" { \"\"\", y: \"\\\"}\") }")]
    [TestCase("query Q($a: [Int!]! = [1, -2.5e3] @d, $b: In = {k: {v: [$c]}}) @d(x: $a) { x: a(b: $b) @skip(if: true) { ... @d { b } ... on T @d { c } ...F @d } } fragment F on T @d { query fragment on: mutation }")]
    [TestCase("\uFEFF#c\r\n,{,a,}")]
    public void WhatTheGrammarAllowsPasses(string query) => Assert.That(CodeOf(query, QueryLimits.Default), Is.Null);

    [Test]
    public void TheOperationToRunIsTheNamedOneOrTheOnlyOne()
    {
        var one = QueryGuard.Inspect("mutation {a}"u8, QueryLimits.Default);
        var two = QueryGuard.Inspect("query A{a} mutation B{a}"u8, QueryLimits.Default);
        Assert.Multiple(() =>
        {
            Assert.That(one.Select(null)?.Kind, Is.EqualTo(OperationKind.Mutation));
            Assert.That(two.Select("B")?.Kind, Is.EqualTo(OperationKind.Mutation));
            Assert.That(two.Select("A")?.Kind, Is.EqualTo(OperationKind.Query));
            Assert.That(two.Select(null), Is.Null);
            Assert.That(two.Select("C"), Is.Null);
        });
    }

    [Test]
    public void TheFullIntrospectionOfGraphiQlPasses() => Assert.That(CodeOf(IntrospectionQuery.Text, QueryLimits.Default), Is.Null);
}
