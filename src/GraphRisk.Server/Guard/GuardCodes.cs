namespace GraphRisk.Server.Guard;

/// <summary>The values of <c>extensions.code</c> with which the guard refuses a query.</summary>
public static class GuardCodes
{
    public const string QueryTooLarge = "QUERY_TOO_LARGE";
    public const string VariablesTooLarge = "VARIABLES_TOO_LARGE";
    public const string ExtensionsTooLarge = "EXTENSIONS_TOO_LARGE";
    public const string SyntaxError = "SYNTAX_ERROR";
    public const string TooManyTokens = "TOO_MANY_TOKENS";
    public const string TooDeep = "TOO_DEEP";
    public const string TooManyOperations = "TOO_MANY_OPERATIONS";
    public const string TooManyFragments = "TOO_MANY_FRAGMENTS";
    public const string DuplicateFragment = "DUPLICATE_FRAGMENT";
    public const string FragmentCycle = "FRAGMENT_CYCLE";
    public const string TooManyFields = "TOO_MANY_FIELDS";
    public const string TooManyAliases = "TOO_MANY_ALIASES";
    public const string TooManySpreads = "TOO_MANY_SPREADS";
    public const string TooManyDuplicates = "TOO_MANY_DUPLICATES";
    public const string TooManyDirectives = "TOO_MANY_DIRECTIVES";
}
