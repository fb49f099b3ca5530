namespace GraphRisk.Matching.Records;

/// <summary>
/// What a heading says of its column, in English, Chinese and the usual abbreviations: the first row of the table that has one of its
/// phrases in the heading. A phrase of Latin words must stand in it word for word, or be the whole of it written together
/// (<c>firstname</c>); a Chinese one anywhere. Narrower meanings come first: a street number is no street.
/// </summary>
internal static class Headings
{
    private static readonly (AttributeKind Kind, string Phrases)[] Rows =
    [
        (AttributeKind.Email, "email|e mail|mail|邮箱|电子邮件|邮件"),
        (AttributeKind.Website, "website|web site|web|url|homepage|home page|domain|网址|网站|主页"),
        (AttributeKind.Phone, "phone|telephone|tel|mobile|cell|cellphone|fax|phone number|contact number|电话|手机|传真|联系方式"),
        (AttributeKind.Category, "birth place|place of birth|country of birth|birthplace|suffix|race|ethnic|salutation"),
        (AttributeKind.BirthDate, "date of birth|birth date|birthdate|birthday|dob|born|birth year|year of birth|birth|yob|founded|incorporated|incorporation date|registration date|date of incorporation|出生|生日|成立日期|成立时间|设立日期|注册日期"),
        (AttributeKind.Identifier, "soc sec id|ssn|social security|nino|national id|tax id|tin|vat|ein|lei|uscc|passport|license number|licence number|driver license|drivers license|id number|id no|id card|identity number|registration number|registration no|reg no|company number|isbn|issn|ean|gtin|upc|doi|isrc|imo|swift|bic|iban|cusip|isin|identifier|身份证|证件号|信用代码|护照|组织机构代码|注册号|税号|执照|编码"),
        (AttributeKind.Postcode, "postcode|post code|postal code|postal|zip|zip code|zipcode|plz|邮编|邮政编码"),
        (AttributeKind.HouseNumber, "street number|street no|house number|house no|building number|st number|门牌"),
        (AttributeKind.Street, "street|street name|road|address 1|address 2|address 3|address line|addr line|address line 1|address line 2|addr 1|addr 2|line 1|line 2|街道"),
        (AttributeKind.Sex, "sex|gender|性别"),
        (AttributeKind.GivenName, "given name|first name|forename|fname|given|first|firstname|middle name|mname|vorname|prenom|名字"),
        (AttributeKind.Surname, "surname|last name|family name|lname|last|lastname|nachname|maiden name|sname|姓氏"),
        (AttributeKind.OrganisationName, "company name|company|organisation name|organization name|organisation|organization|org name|name org|business name|business|trade name|firm|employer|institution|企业名称|公司名称|公司|单位名称|单位|机构名称|企业"),
        (AttributeKind.PersonName, "person name|contact name|contact person|customer name|applicant|holder name|owner name|director|姓名|联系人|法人|法定代表人"),
        (AttributeKind.Name, "name|full name|fullname|entity name|party name|alias|aka|caption|名称|客户|别名"),
        (AttributeKind.Text, "title|author|venue|journal|booktitle|publisher|album|artist|song|track|product|brand|manufacturer|model|description|abstract|comment|note|remark|keyword|备注|描述|标题|品牌"),
        (AttributeKind.Address, "address|addr|residence|mailing address|location|地址|住址|住所|所在地"),
        (AttributeKind.City, "city|suburb|town|neighborhood|neighbourhood|locality|municipality|village|place|城市|市"),
        (AttributeKind.Region, "state|province|region|country|county|nationality|citizenship|jurisdiction|territory|district|国家|国籍|省|地区|籍贯"),
        (AttributeKind.RecordType, "record type|entity type|party type|person type|主体类型|客户类型"),
        (AttributeKind.Date, "date|year|valid until|created|updated|timestamp|日期|时间|年份"),
        (AttributeKind.Category, "category|type|status|class|language|genre|grade|类别|类型|状态|等级"),
        (AttributeKind.Number, "amount|price|weight|age|latitude|longitude|lat|lon|lng|quantity|total|length|金额|价格|数量"),
    ];

    /// <summary>Dates of what was done with a record, an account or a document, and not of whom it is about.</summary>
    private static readonly string[] Administrative = (
        "open|opened|opening|account|created|creation|updated|update|modified|modification|changed|loaded|load|entry|entered|inserted|ingested|imported|extracted|snapshot|as of|valid|effective|expiry|expires|"
        + "expiration|expire|issue|issued|start|end|since|until|from|to|joined|onboarded|onboarding|review|reviewed|last seen|first seen|last login|login|transaction|payment|report|reporting|filing|filed|timestamp|"
        + "开户|销户|账户|建档|创建|更新|修改|录入|入库|登记|有效|生效|失效|到期|签发|起始|开始|结束|截止|入职|审核|复核|报告|交易|采集|导入").Split('|');

    private static readonly (AttributeKind Kind, string[] Phrases)[] Table = [.. Rows.Select(row => (row.Kind, row.Phrases.Split('|')))];

    private static readonly string[] KeyPhrases = ["id", "record id", "rec id", "row id", "t id", "unique id", "uid", "uuid", "guid", "key", "record key", "index", "row", "记录号", "序号", "编号"];

    private static readonly string[] SourcePhrases = ["source", "source id", "data source", "datasource", "dataset", "data set", "database", "来源", "数据来源"];

    /// <summary>What the heading says; null where nothing is known.</summary>
    public static AttributeKind? KindOf(string heading)
    {
        var words = HeadingWords.Of(heading).ConvertAll(Singular);
        foreach (var (kind, phrases) in Table)
            foreach (var phrase in phrases)
                if (Has(heading, words, phrase)) return kind;
        return null;
    }

    /// <summary>Whether a heading says that a date is of administration: when an account was opened, a record changed, a document issued.</summary>
    public static bool IsAdministrative(string heading)
    {
        var words = HeadingWords.Of(heading).ConvertAll(Singular);
        return Array.Exists(Administrative, phrase => Has(heading, words, phrase));
    }

    /// <summary>Whether a heading says registration: the beginning of a firm, or of an account.</summary>
    public static bool IsOfRegistration(string heading) => HeadingWords.Of(heading).Contains("registration") || heading.Contains("注册", StringComparison.Ordinal);

    /// <summary>Whether the whole heading says that the column names the record.</summary>
    public static bool IsKey(string heading) => Is(heading, KeyPhrases);

    /// <summary>Whether the whole heading says that the column names the source.</summary>
    public static bool IsSource(string heading) => Is(heading, SourcePhrases);

    private static bool Is(string heading, string[] phrases)
    {
        var words = HeadingWords.Of(heading);
        var (apart, together) = (string.Join(' ', words), string.Concat(words));
        return Array.Exists(phrases, phrase => phrase == apart || phrase.Replace(" ", "", StringComparison.Ordinal) == together);
    }

    /// <summary>A word without the ending of several; address and the like keep theirs.</summary>
    private static string Singular(string word) => word.Length <= 4 || word.EndsWith("ss", StringComparison.Ordinal) ? word
        : word.EndsWith("sses", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') ? word[..^1] : word;

    private static bool Has(string heading, List<string> words, string phrase)
    {
        if (phrase[0] > '\u007f') return heading.Contains(phrase, StringComparison.Ordinal);
        var asked = Array.ConvertAll(phrase.Split(' '), Singular);
        for (var at = 0; at + asked.Length <= words.Count; at++)
            if (words.Skip(at).Take(asked.Length).SequenceEqual(asked)) return true;
        return asked.Length > 1 && string.Concat(words) == string.Concat(asked);
    }
}
