namespace GraphRisk.Server.Guard;

/// <summary>
/// Reads a query once, token by token, into a <see cref="QueryShape"/>. It knows the grammar of executable
/// documents (October 2021, section 2.2 to 2.8) as far as the shape needs it: values and types are skipped by
/// counting brackets. It keeps no call per level, only a count of open sets, so no depth overflows the stack, and
/// it stops at the first limit passed: the time is O(bytes read until then), the memory O(tokens).
/// What it can't read it refuses as a syntax error, so that nothing reaches the parser unmeasured.
/// </summary>
internal ref struct QueryScanner
{
    private readonly ReadOnlySpan<byte> query;
    private readonly QueryLimits limits;
    private readonly QueryShape shape;
    private QueryTokenizer tokenizer;
    private QueryToken token;
    private QueryRefusal? refusal;
    private int tokens;
    private int nesting;
    private int directives;
    private int operations;
    private int fragments;
    private int fields;
    private int aliases;
    private int spreads;

    private QueryScanner(ReadOnlySpan<byte> query, QueryLimits limits)
    {
        this.query = query;
        this.limits = limits;
        shape = new QueryShape();
        tokenizer = new QueryTokenizer(query);
    }

    /// <summary>The shape, or the refusal at the first thing that is over a limit or not in the grammar.</summary>
    public static (QueryShape Shape, QueryRefusal? Refusal) Scan(ReadOnlySpan<byte> query, QueryLimits limits)
    {
        var scanner = new QueryScanner(query, limits);
        scanner.ScanDocument();
        return (scanner.shape, scanner.refusal);
    }

    // Every method below returns false once the query is refused, and leaves the token after what it read.

    private bool ScanDocument()
    {
        if (!Next()) return false;
        if (token.Kind == QueryTokenKind.End) return Unexpected();
        while (token.Kind != QueryTokenKind.End)
        {
            if (!ScanDefinition()) return false;
        }
        return true;
    }

    private bool ScanDefinition()
    {
        var position = token.Start;
        if (token.Is((byte)'{')) return ScanUnit(UnitKind.Query, -1, position);
        if (token.Kind != QueryTokenKind.Name) return Unexpected();
        var keyword = query.Slice(token.Start, token.Length);
        if (keyword.SequenceEqual("fragment"u8)) return ScanFragment(position);
        if (keyword.SequenceEqual("query"u8)) return ScanOperation(UnitKind.Query, position);
        if (keyword.SequenceEqual("mutation"u8)) return ScanOperation(UnitKind.Mutation, position);
        return keyword.SequenceEqual("subscription"u8) ? ScanOperation(UnitKind.Subscription, position) : Unexpected();
    }

    private bool ScanOperation(UnitKind kind, int position)
    {
        if (!Next()) return false;
        var name = -1;
        if (token.Kind == QueryTokenKind.Name && !TakeName(out name)) return false;
        return SkipArguments() && SkipDirectives() && ScanUnit(kind, name, position);
    }

    private bool ScanFragment(int position) =>
        Next() && !IsOn() && TakeName(out var name) && IsOn() && Next() && TakeName(out _) && SkipDirectives()
            ? ScanUnit(UnitKind.Fragment, name, position)
            : Unexpected();

    private bool ScanUnit(UnitKind kind, int name, int position)
    {
        if (kind == UnitKind.Fragment && ++fragments > limits.MaxFragments)
            return Refuse(GuardCodes.TooManyFragments, "fragments", limits.MaxFragments);
        if (kind != UnitKind.Fragment && ++operations > limits.MaxOperations)
            return Refuse(GuardCodes.TooManyOperations, "operations", limits.MaxOperations);
        var first = shape.StepCount;
        if (!ScanSelections()) return false;
        shape.Add(new Unit(kind, name, position, first, shape.StepCount));
        return true;
    }

    private bool ScanSelections()
    {
        if (!OpenSet()) return false;
        for (var open = 1; open > 0;)
        {
            if (token.Is((byte)'}'))
            {
                if (!Close()) return false;
                if (--open > 0) shape.Add(new Step(StepKind.Close, false, -1));
                continue;
            }
            if (!ScanSelection(out var opened)) return false;
            if (opened) open++;
        }
        return true;
    }

    private bool ScanSelection(out bool opened)
    {
        opened = false;
        if (token.Kind == QueryTokenKind.Spread) return Next() && ScanSpread(out opened);
        if (!TakeName(out var name)) return false;
        var aliased = token.Is((byte)':');
        if (aliased && !(Next() && TakeName(out _))) return false;
        if (!SkipArguments() || !SkipDirectives()) return false;
        opened = token.Is((byte)'{');
        shape.Add(new Step(opened ? StepKind.Open : StepKind.Leaf, aliased, name));
        return CountField(aliased) && (!opened || OpenSet());
    }

    private bool ScanSpread(out bool opened)
    {
        opened = token.Kind != QueryTokenKind.Name || IsOn();
        if (!opened)
        {
            if (!TakeName(out var fragment)) return false;
            shape.Add(new Step(StepKind.Spread, false, fragment));
            return CountSpread() && SkipDirectives();
        }
        if (IsOn() && !(Next() && TakeName(out _))) return false;
        if (!SkipDirectives()) return false;
        shape.Add(new Step(StepKind.OpenInline, false, -1));
        return OpenSet();
    }

    private bool SkipDirectives()
    {
        while (token.Is((byte)'@'))
        {
            if (!CountDirective() || !Next() || !TakeName(out _) || !SkipArguments()) return false;
        }
        return true;
    }

    // Arguments and variable definitions: whatever stands between the parentheses. A wrong bracket among right
    // ones is left to the parser, which refuses it in the same linear time.
    private bool SkipArguments()
    {
        if (!token.Is((byte)'(')) return true;
        var outside = nesting;
        do
        {
            var opens = token.Kind == QueryTokenKind.Punctuator && "([{"u8.Contains(token.First);
            var closes = token.Kind == QueryTokenKind.Punctuator && ")]}"u8.Contains(token.First);
            if (token.Kind == QueryTokenKind.End) return Unexpected();
            if (token.Is((byte)'@') && !CountDirective()) return false;
            if (!(opens ? Open(token.First) : closes ? Close() : Next())) return false;
        }
        while (nesting > outside);
        return true;
    }

    // Expansion only adds to what is written, so what is written too often needs no expansion to be refused.
    private bool CountField(bool aliased)
    {
        if (aliased && ++aliases > limits.MaxAliases) return Refuse(GuardCodes.TooManyAliases, "aliases", limits.MaxAliases);
        return ++fields <= limits.MaxFields || Refuse(GuardCodes.TooManyFields, "fields", limits.MaxFields);
    }

    private bool CountSpread() =>
        ++spreads <= limits.MaxSpreads || Refuse(GuardCodes.TooManySpreads, "fragment spreads", limits.MaxSpreads);

    private bool CountDirective() =>
        ++directives <= limits.MaxDirectives || Refuse(GuardCodes.TooManyDirectives, "directives", limits.MaxDirectives);

    // A selection set is never empty.
    private bool OpenSet() => Open((byte)'{') && (!token.Is((byte)'}') || Unexpected());

    private bool Open(byte bracket)
    {
        if (!token.Is(bracket)) return Unexpected();
        return ++nesting <= limits.MaxNesting
            ? Next()
            : Refuse(GuardCodes.TooDeep, "brackets open at once", limits.MaxNesting);
    }

    private bool Close()
    {
        nesting--;
        return Next();
    }

    private readonly bool IsOn() =>
        token.Kind == QueryTokenKind.Name && query.Slice(token.Start, token.Length).SequenceEqual("on"u8);

    private bool TakeName(out int name)
    {
        name = -1;
        if (token.Kind != QueryTokenKind.Name) return Unexpected();
        name = shape.Names.Intern(query, token.Start, token.Length);
        return Next();
    }

    private bool Next()
    {
        token = tokenizer.Next();
        if (token.Kind == QueryTokenKind.Invalid) return Unexpected();
        return ++tokens <= limits.MaxTokens + 1
            || Refuse(GuardCodes.TooManyTokens, "tokens", limits.MaxTokens);
    }

    private bool Refuse(string code, string what, long limit)
    {
        refusal ??= QueryRefusal.OverLimit(code, what, limit).At(query, token.Start);
        return false;
    }

    private bool Unexpected()
    {
        var what = token.Kind == QueryTokenKind.End ? "the end of the query" : $"'{(char)token.First}'";
        refusal ??= new QueryRefusal(GuardCodes.SyntaxError, $"The query can't be read: {what} is not expected here.")
            .At(query, token.Start);
        return false;
    }
}
