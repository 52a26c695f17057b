/** Region that CloudFront reads certificates and delivers logs from, whatever the region of the rest. */
export const CLOUDFRONT_REGION = "us-east-1";
