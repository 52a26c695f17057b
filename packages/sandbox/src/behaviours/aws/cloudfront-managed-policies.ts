/** Ids of the policies that AWS has in every account, from the CloudFront developer guide. */
export const MANAGED_POLICIES: ReadonlySet<string> = new Set([
  // Cache policies: Amplify, CachingDisabled, CachingOptimized, CachingOptimizedForUncompressedObjects,
  // Elemental-MediaPackage, UseOriginCacheControlHeaders, and that with query strings.
  "2e54312d-136d-493c-8eb9-b001f22f67d2",
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  "658327ea-f89d-4fab-a63d-7e88639e58f6",
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
  "08627262-05a9-4f76-9ded-b50ca2e3a84f",
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
  "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
  // Response headers policies: CORS-and-SecurityHeadersPolicy, CORS-With-Preflight, the two together, SecurityHeadersPolicy, SimpleCORS.
  "e61eb60c-9c35-4d20-a928-2b84e02af89c",
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
  "67f7725c-6f97-4210-82d7-5512b31e9d03",
  "60669652-455b-4ae9-85a4-c4c02393f86c",
]);
